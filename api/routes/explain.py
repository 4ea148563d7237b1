"""POST /v1/explain: the words and phrases that made each score."""

from fastapi import APIRouter, Response

from api.direct import DirectRoute
from api.encoding import JsonResponse
from api.schemas import ExplainRequest, ExplainResponse
from api.services import CallerDep, ClassifierDep, ServicesDep
from classifier import Statement

router = APIRouter(tags=["score"], route_class=DirectRoute)


@router.post("/v1/explain", response_model=ExplainResponse)
async def explain(
    body: ExplainRequest, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep
) -> Response:
    """Score a statement and say, per head, which words made its score and by how much."""
    caller.spend(1)
    found = await services.pool.explain(classifier, Statement(body.text, body.target))
    return JsonResponse(found.as_dict())
