"""Settings of the service: from arguments, ``DETENTE_`` variables and a TOML file, in this order."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from classifier.errors import DetenteError
from classifier.model import DEFAULT_PATH
from classifier.text import MAX_CHARACTERS

PREFIX: Final = "DETENTE_"
CONFIG: Final = "DETENTE_CONFIG"
"""Variable that names the settings file."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
MEBIBYTE: Final = 1024 * 1024

Scope = Literal["score", "feedback", "admin"]


class SettingsError(DetenteError):
    """A setting is missing, unknown or of a wrong value."""


class KeyEntry(BaseModel):
    """One API key: never the key itself, only its SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    scopes: frozenset[Scope] = frozenset({"score"})
    rate: Annotated[float, Field(gt=0)] = 100.0
    """Requests a second, sustained; twice as many at once."""
    quota: Annotated[int, Field(gt=0)] | None = None
    """Statements a day (UTC); None for no limit."""


class Settings(BaseSettings):
    """Everything that can be set; each is also a ``DETENTE_`` variable and a key of the TOML file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    model: Path = DEFAULT_PATH
    """A model's folder, or a folder of models with one in use."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=256)] = 1

    keys: tuple[KeyEntry, ...] = ()
    open: bool = False
    """Serve without keys on addresses other than loopback."""
    cors_origins: tuple[str, ...] = ()

    max_body_bytes: Annotated[int, Field(ge=1024)] = 4 * MEBIBYTE
    max_line_bytes: Annotated[int, Field(ge=1024)] = MEBIBYTE
    max_statements: Annotated[int, Field(ge=1)] = 1000
    max_characters: Annotated[int, Field(ge=1, le=MAX_CHARACTERS)] = MAX_CHARACTERS
    max_buffered_bytes: Annotated[int, Field(ge=1024)] = 64 * MEBIBYTE
    """Bytes of bodies held at once, in all requests together."""
    max_in_flight: Annotated[int, Field(ge=1)] = 64
    """Requests in work at once; more are answered 503."""
    max_streams: Annotated[int, Field(ge=1)] = 16
    """Streams of /v1/batch at once; more are answered 503."""
    overload_wait: Annotated[float, Field(ge=0)] = 1.0
    """Seconds for which a request waits for room before it is answered 503."""
    max_connections: Annotated[int, Field(ge=1)] = 2000
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Threads for long texts."""

    header_timeout: Annotated[float, Field(gt=0)] = 10.0
    body_timeout: Annotated[float, Field(gt=0)] = 30.0
    """Seconds in which a body must have arrived; for streams, each piece of it."""
    write_timeout: Annotated[float, Field(gt=0)] = 30.0
    """Seconds in which a client must take a piece of a stream."""
    work_timeout: Annotated[float, Field(gt=0)] = 30.0
    keep_alive: Annotated[int, Field(ge=1)] = 30
    shutdown_timeout: Annotated[int, Field(ge=1)] = 30
    drain: Annotated[float, Field(ge=0)] = 0.5
    """Seconds for which idle connections stay open while shutting down."""

    reload_interval: Annotated[float, Field(ge=0)] = 2.0
    """Seconds between looks at models/current; 0 never looks."""
    feedback_url: SecretStr = SecretStr("sqlite:///feedback.db")
    """SQLAlchemy URL of the corrections; empty to take none."""
    collect: bool = False
    """Keep scored statements that are worth labelling for /v1/review.  Off: no text is kept."""
    collect_limit: Annotated[int, Field(ge=1)] = 10_000
    docs: bool = True
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can connect."""
        return self.host in LOOPBACK

    @property
    def has_feedback(self) -> bool:
        """Whether corrections are taken."""
        return bool(self.feedback_url.get_secret_value())

    def require_access(self) -> None:
        """Raise SettingsError where anybody on a network could use the service without a key."""
        if not self.keys and not self.on_loopback and not self.open:
            raise SettingsError(
                f"expected API keys to serve on {self.host}, found none; add [[keys]] to the settings file (make one "
                f"with `detente serve --new-key NAME`), serve on 127.0.0.1, or set {PREFIX}OPEN=true to serve everybody"
            )


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"expected settings as TOML in {path}, found none that can be read: {error}") from error


def _told(error: ValidationError) -> str:
    """Return what is wrong with which setting; values of secrets are not shown."""
    lines: list[str] = []
    for each in error.errors(include_url=False):
        place = ".".join(str(part) for part in each["loc"]) or "settings"
        secret = place.startswith(("keys", "feedback_url"))
        found = "" if secret or each["type"] == "missing" else f", found {each['input']!r}"
        lines.append(f"{place}: {each['msg']}{found} (variable {PREFIX}{str(each['loc'][0]).upper()})")
    return "settings cannot be used:\n  " + "\n  ".join(lines)


def load_settings(path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings of arguments, the environment and the file at ``path``.  Raises SettingsError."""
    values = _read_file(path) if path is not None else {}

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, values)

    try:
        return FromFile(**{name: value for name, value in (overrides or {}).items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_told(error)) from error
    except ValueError as error:  # a variable that should be JSON and is not
        raise SettingsError(f"settings cannot be used: {error}") from error
