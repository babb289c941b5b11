"""A Socket Mode connection: connects the websockets library's protocol to a socket."""

import json
import socket
import threading

from websockets.frames import Opcode
from websockets.server import ServerProtocol

from bot.slacksim.workspace import Workspace

APPROXIMATE_SECONDS = 18060


class SocketConnection:
    def __init__(self, connection: socket.socket, workspace: Workspace) -> None:
        self.socket, self.workspace = connection, workspace
        self.protocol = ServerProtocol()
        self._lock = threading.Lock()

    def serve(self, raw_request: bytes) -> None:
        """Serve until either side closes the connection."""
        with self._lock:
            self.protocol.receive_data(raw_request)
            request = self.protocol.events_received()[0]
            self.protocol.send_response(self.protocol.accept(request))  # type: ignore[arg-type]
            self._flush()
        if not self.workspace.sockets.connect(self):
            self._say_goodbye()
            return
        try:
            self._greet()
            while data := self.socket.recv(65536):
                self._receive(data)
        finally:
            self.workspace.sockets.disconnected(self)

    def _greet(self) -> None:
        self.send(
            json.dumps(
                {
                    "type": "hello",
                    "num_connections": self.workspace.sockets.connections,
                    "debug_info": {"host": "simulated", "approximate_connection_time": APPROXIMATE_SECONDS},
                    "connection_info": {"app_id": self.workspace.app_id},
                }
            )
        )

    def _say_goodbye(self) -> None:
        self.send(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
        self.close()

    def _receive(self, data: bytes) -> None:
        with self._lock:
            self.protocol.receive_data(data)
            frames = self.protocol.events_received()
            self._flush()
        for frame in frames:
            if getattr(frame, "opcode", None) is Opcode.TEXT:
                self.workspace.sockets.received(bytes(frame.data).decode())  # type: ignore[union-attr]

    def send(self, text: str) -> None:
        with self._lock:
            self.protocol.send_text(text.encode())
            self._flush()

    def close(self) -> None:
        with self._lock:
            self.protocol.send_close()
            self._flush()
        self.socket.shutdown(socket.SHUT_RDWR)

    def _flush(self) -> None:
        for data in self.protocol.data_to_send():
            if data:
                self.socket.sendall(data)
