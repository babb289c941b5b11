"""HTTP endpoints: `/healthz` for process managers and alerts, `/metrics` for Prometheus."""

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.health.metrics import PrometheusMetrics
from bot.health.state import Observer, as_json


def pages(observer: Observer, metrics: PrometheusMetrics) -> Starlette:
    # Plain functions: Starlette runs them in threads, so a slow database blocks no other request.
    def healthz(_request: Request) -> Response:
        health = observer.look()
        return JSONResponse(as_json(health), status_code=503 if health.troubles else 200)

    def figures(_request: Request) -> Response:
        return Response(metrics.text(observer.look()), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return Starlette(routes=[Route("/healthz", healthz), Route("/metrics", figures)])
