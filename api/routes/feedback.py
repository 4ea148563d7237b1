"""POST /v1/feedback and GET /v1/review: corrections in, the statements most worth labelling out."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.direct import DirectRoute
from api.encoding import JsonResponse
from api.errors import InvalidError, UnavailableError
from api.feedback import FeedbackStore, storable
from api.feedback_schemas import FeedbackRequest, FeedbackResponse, ReviewResponse
from api.review import unknown_share, worth_of
from api.services import CallerDep, ClassifierDep, Services, ServicesDep
from classifier import Classifier, Statement
from classifier.errors import InputError
from classifier.feedback import Correction

router = APIRouter(tags=["feedback"], route_class=DirectRoute)


def _store(services: Services) -> FeedbackStore:
    if services.feedback is None:
        raise UnavailableError("this service takes no corrections; its operator can set DETENTE_FEEDBACK_URL", 3600)
    return services.feedback


def correction_of(body: FeedbackRequest, model_version: str) -> Correction:
    """Return the correction in a request.  Raises InvalidError where its parts do not fit each other."""
    labels = body.labels.model_dump()
    if all(label is None for label in labels.values()):
        raise InvalidError("expected at least one label of escalation, tone, act and stance, found none")
    if labels["stance"] is not None and body.target is None:
        raise InvalidError("expected a target together with a stance, found none; name what the stance is toward")
    if not all(storable(part) for part in (body.text, body.target or "", body.author or "")):
        raise InvalidError("expected text without NUL and lone surrogates, found one; send what was written")
    if not body.text.strip():
        raise InvalidError("expected the statement's words, found none")
    return Correction(body.text, body.target, **labels, author=body.author, model_version=model_version)


@router.post("/v1/feedback", status_code=201, response_model=FeedbackResponse)
async def feedback(
    body: FeedbackRequest, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep
) -> Response:
    """Store the right labels of a statement; they are on disk when this answers."""
    correction = correction_of(body, classifier.version)
    statement = Statement(body.text, body.target)
    services.pool.check(statement)
    caller.spend(1)
    prediction = classifier.predict(body.text, body.target).as_dict()
    if correction.author is None:
        correction = replace(correction, author=caller.name)
    number = await asyncio.to_thread(_store(services).add, correction, prediction)
    services.metrics.feedback.inc()
    return JsonResponse({"id": number, "prediction": prediction}, 201)


def _reviewed(classifier: Classifier, store: FeedbackStore, services: Services, limit: int) -> list[dict[str, object]]:
    """Return statements worth labelling by the model in use, the most worth first."""
    disputed = store.disputed(limit)
    found: list[dict[str, object]] = []
    for text, target in [*disputed, *store.candidates(limit)]:
        statement = Statement(text, target)
        try:
            services.pool.check(statement)
        except InputError:  # kept under other limits than today's
            continue
        prediction = classifier.predict(text, target)
        worth = worth_of(prediction, unknown_share(classifier, statement), (text, target) in disputed)
        found.append(
            {
                "text": text,
                "target": target,
                "priority": worth.priority,
                "reasons": list(worth.reasons),
                "prediction": prediction.as_dict(),
            }
        )
    return sorted(found, key=lambda each: -float(str(each["priority"])))[:limit]


@router.get("/v1/review", response_model=ReviewResponse)
async def review(
    services: ServicesDep,
    classifier: ClassifierDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many to return")] = 20,
) -> Response:
    """Return the statements most worth labelling: disputed, uncertain, with heads that disagree, with new words."""
    store = _store(services)
    found = await services.pool.run(lambda: _reviewed(classifier, store, services, limit))
    return JsonResponse({"collecting": services.settings.collect, "statements": found})
