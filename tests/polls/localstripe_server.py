"""Runs localstripe on a port of this machine alone, and lets it keep nothing. A program of its own: localstripe is GPL."""

import sys

from aiohttp import web
from localstripe import server
from localstripe.resources import store

if __name__ == "__main__":
    store.dump_to_disk = lambda: None
    web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
