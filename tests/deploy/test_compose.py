"""docker-compose.yml in production shape."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = ["postgres", "redis", "web", "worker", "beat", "proxy"]
ON_DEMAND = ["migrate", "manage"]
SITE = ["migrate", "web", "worker", "beat", "manage"]
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[-?][^}]*)?\}")


def test_services_are_the_parts_of_the_design() -> None:
    assert sorted(SERVICES) == sorted(LASTING + ON_DEMAND)


@pytest.mark.parametrize("name", LASTING)
def test_lasting_service_restarts_and_tells_its_health(name: str) -> None:
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    # web's own is the image's.
    assert "test" in service.get("healthcheck", {}) or name == "web"


@pytest.mark.parametrize("name", ON_DEMAND)
def test_command_service_ends_and_stays_ended(name: str) -> None:
    assert SERVICES[name]["restart"] == "no"
    assert SERVICES[name]["healthcheck"] == {"disable": True}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_service_has_no_rights_it_does_not_need(name: str) -> None:
    service = SERVICES[name]

    uid = service["user"].split(":")[0]
    assert uid.isdigit()
    assert uid != "0"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")


def test_only_the_proxy_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["data"] == {"internal": True}
    assert [name for name in ("postgres", "redis") if SERVICES[name]["networks"] != ["data"]] == []
    assert SERVICES["proxy"]["networks"] == ["front"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "manage"])
def test_site_waits_for_servers_and_migrations(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_proxy_waits_for_web() -> None:
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", SITE)
def test_site_services_share_one_image_and_one_set_of_variables(name: str) -> None:
    service = SERVICES[name]

    assert service["image"] == "coop4canada:${COOP_VERSION:-latest}"
    assert service["environment"].items() >= COMPOSE["x-site-environment"].items()
    assert "DJANGO_DEBUG" not in service["environment"]


def test_secrets_have_no_default_and_no_literal() -> None:
    required = {match[1] for match in VARIABLE.finditer(TEXT) if (match[2] or "").startswith(":?")}
    secret = {match[1] for match in VARIABLE.finditer(TEXT) if re.search("PASSWORD|SECRET|KEY", match[1])}

    assert required == {
        "COOP_HASH_KEY",
        "COOP_MAIL_API_KEY",
        "COOP_MAIL_FROM",
        "COOP_MAIL_PROVIDER",
        "COOP_MAIL_WEBHOOK_SECRET",
        "DJANGO_SECRET_KEY",
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "SITE_HOST",
    }
    # Without them cards are not taken; they have no default but nothing.
    optional = {"COOP_STRIPE_KEY", "COOP_STRIPE_WEBHOOK_SECRET"}
    assert secret <= required | optional
    assert {match[2] for match in VARIABLE.finditer(TEXT) if match[1] in optional} == {":-"}
    values = re.findall(r"(?:PASSWORD|SECRET_KEY|AUTH): (.+)", TEXT)
    assert [value for value in values if not value.startswith("${")] == []
    assert re.findall(r"://[^\s:@]*:(?!\$\{)[^\s/@]+@", TEXT) == []


def test_volumes_are_declared_and_used() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    named = {source for source, *_ in mounts if not source.startswith(".")}

    assert named == set(COMPOSE["volumes"])
    assert ["postgres", "/var/lib/postgresql"] in mounts


def test_mounted_files_of_the_repository_exist_and_are_read_only() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    own = {source: options for source, _, *options in mounts if source.startswith("./")}

    # data/ is where an operator puts official files; it is not part of the repository.
    assert own == {"./deploy/proxy": ["ro"], "./data": ["ro"]}
    assert (ROOT / "deploy/proxy").is_dir()


def test_example_environment_names_every_variable_and_no_value_for_the_required() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = dict(line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?[A-Z_]+=", line))
    used = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert set(pairs) == used
    required = {match[1] for match in VARIABLE.finditer(TEXT) if (match[2] or "").startswith(":?")}
    assert {pairs[name] for name in required} == {""}
