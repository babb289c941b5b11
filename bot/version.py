"""The version of this code: the one place where it is written."""

VERSION = "0.1.0"
