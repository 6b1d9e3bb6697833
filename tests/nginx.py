"""The repository's proxy configuration, made to run on this machine under a real nginx."""

import os
import shutil
from pathlib import Path

TEMPLATE = (Path(__file__).resolve().parents[1] / "deploy/proxy/site.conf.template").read_text()
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def write_configuration(folder: Path, *, name: str, trusted_hop: str, upstream_port: int, port: int) -> None:
    """Write nginx.conf and site.conf into the folder: listening at `port` for `name`, before `upstream_port`."""
    site = TEMPLATE.replace("${SITE_HOST}", name).replace("${TRUSTED_HOP}", trusted_hop)
    site = site.replace("web:8000", f"127.0.0.1:{upstream_port}")
    site = site.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/var/cache/nginx", str(folder))
    (folder / "site.conf").write_text(site.replace("/dev/stdout", str(folder / "access.log")))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"pid {folder}/pid; daemon off; master_process off; error_log {folder}/error.log; events {{}}"
    (folder / "nginx.conf").write_text(f"{head} http {{ {paths} include site.conf; }}")
