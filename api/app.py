"""The application: ``create_app(settings)`` puts the rooms together; its lifespan opens and closes them."""

import asyncio
import importlib.metadata
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.errors import install
from api.feedback import FeedbackStore
from api.keys import KeyRing
from api.logs import Log, make_log
from api.metrics import Metrics
from api.middleware.access import Access
from api.middleware.body import BodyLimits
from api.middleware.context import Context
from api.middleware.load import ConnectionLimit, LoadLimit
from api.models import ModelHolder
from api.openapi import Document
from api.review import Collector
from api.room import Room
from api.routes import routers
from api.scoring import ScoringPool
from api.services import Services
from api.settings import CONFIG, Settings, load_settings

DESCRIPTION = """Tone, escalation, speech act and stance of diplomatic and political statements, with calibrated
probabilities and the words that made them.  Errors are `application/problem+json`."""


def make_services(settings: Settings, log: Log | None = None) -> Services:
    """Return the services of an application; nothing is loaded or opened yet."""
    log = log or make_log(settings.log_level)
    metrics = Metrics()
    store = FeedbackStore(settings.feedback_url.get_secret_value()) if settings.has_feedback else None
    return Services(
        version=importlib.metadata.version("detente"),
        settings=settings,
        log=log,
        metrics=metrics,
        keys=KeyRing(settings.keys, share=1 / settings.workers),
        models=ModelHolder(settings.model, log, metrics),
        pool=ScoringPool(settings, metrics),
        feedback=store,
        collector=Collector(settings, store, log),
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the model and open the store before serving; write and close all after."""
    services: Services = app.state.services
    settings = services.settings
    await asyncio.to_thread(services.models.load)
    if services.feedback is not None:
        await asyncio.to_thread(services.feedback.prepare)
    if services.keys.is_open:
        services.log.warning("keys are off: whoever reaches this address may use every call", host=settings.host)
    tasks = [asyncio.create_task(services.collector.run())]
    if settings.reload_interval:
        tasks.append(asyncio.create_task(services.models.watch(settings.reload_interval)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(services.collector.flush)
        if services.feedback is not None:
            services.feedback.close()
        services.log.info("stopped")


def create_app(settings: Settings, log: Log | None = None) -> FastAPI:
    """Return the application.  Raises SettingsError where it would be open to a network unasked."""
    settings.require_access()
    services = make_services(settings, log)
    app = FastAPI(
        title="Detente",
        version=services.version,
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json" if settings.docs else None,
        separate_input_output_schemas=False,
        # nothing about a request leaves the process but by our own log and figures
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.services = services
    document = Document(app, lambda: services.models.classifier, services.pool)
    app.openapi = document  # type: ignore[method-assign]
    install(app)
    # included as routers they would be matched twice a request, and behind FastAPI's own one more
    app.router.routes[:0] = [route for router in routers() for route in router.routes]
    # the last added is the outermost
    room = Room(settings, services.metrics)
    app.add_middleware(LoadLimit, room=room)
    app.add_middleware(BodyLimits, settings=settings, metrics=services.metrics, room=room)
    app.add_middleware(Access, keys=services.keys, metrics=services.metrics)
    app.add_middleware(ConnectionLimit, settings=settings, metrics=services.metrics)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-ID"],
        )
    app.add_middleware(Context, log=services.log, metrics=services.metrics)
    return app


def from_environment() -> FastAPI:
    """Return the application of a worker process: its settings stand in the environment."""
    path = os.environ.get(CONFIG)
    return create_app(load_settings(Path(path) if path else None))
