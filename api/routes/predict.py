"""POST /v1/predict: statements, up to a limit, each with its outcome."""

from fastapi import APIRouter, Response

from api.direct import DirectRoute
from api.encoding import JsonResponse
from api.errors import InvalidError
from api.schemas import PredictRequest, PredictResponse
from api.services import CallerDep, ClassifierDep, Services, ServicesDep

router = APIRouter(tags=["score"], route_class=DirectRoute)


def limit(services: Services, count: int) -> None:
    """Raise InvalidError where one request holds too many statements."""
    most = services.settings.max_statements
    if count > most:
        raise InvalidError(f"expected at most {most:,} statements, found {count:,}; use /v1/batch for more")


@router.post("/v1/predict", response_model=PredictResponse)
async def predict(
    body: PredictRequest, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep
) -> Response:
    """Score statements; one that cannot be scored has an `error` in its place and does not fail the rest."""
    limit(services, len(body.statements))
    caller.spend(len(body.statements))
    outcomes = await services.pool.score(classifier, body.statements)
    services.collector.offer(classifier, body.statements, outcomes)
    return JsonResponse({"model_version": classifier.version, "predictions": outcomes})
