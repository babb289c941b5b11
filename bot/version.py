"""The only place that defines the version."""

VERSION = "0.1.0"
