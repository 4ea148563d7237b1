"""What the routes work with, made once for an application."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.feedback import FeedbackStore
from api.keys import Caller, KeyRing
from api.logs import Log
from api.metrics import Metrics
from api.models import ModelHolder
from api.review import Collector
from api.scoring import ScoringPool
from api.settings import Settings
from classifier import Classifier


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms of the service."""

    version: str
    settings: Settings
    log: Log
    metrics: Metrics
    keys: KeyRing
    models: ModelHolder
    pool: ScoringPool
    feedback: FeedbackStore | None
    collector: Collector


async def get_services(request: Request) -> Services:
    """Return the services of the application that was asked."""
    services: Services = request.app.state.services
    return services


async def get_classifier(request: Request) -> Classifier:
    """Return the classifier in use; one request keeps one, whatever is loaded meanwhile."""
    services: Services = request.app.state.services
    return services.models.classifier


async def get_caller(request: Request) -> Caller:
    """Return who calls."""
    caller: Caller = request.state.caller
    return caller


ServicesDep = Annotated[Services, Depends(get_services)]
ClassifierDep = Annotated[Classifier, Depends(get_classifier)]
CallerDep = Annotated[Caller, Depends(get_caller)]
