"""POST /predict: the text-classification convention, escalation head."""

from fastapi import APIRouter, Response

from api.direct import DirectRoute
from api.encoding import JsonResponse
from api.errors import InvalidError
from api.routes.predict import limit
from api.schemas import LabelScore, TextClassificationRequest
from api.scoring import Failure
from api.services import CallerDep, ClassifierDep, ServicesDep
from classifier import Statement

router = APIRouter(tags=["conventions"], route_class=DirectRoute)


@router.post("/predict", response_model=list[list[LabelScore]])
async def classify(
    body: TextClassificationRequest, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep
) -> Response:
    """Score texts by the text-classification convention: per input, the escalation labels, the most probable first."""
    texts = [body.inputs] if isinstance(body.inputs, str) else body.inputs
    limit(services, len(texts))
    caller.spend(len(texts))
    outcomes = await services.pool.score(classifier, [Statement(text) for text in texts])
    answered: list[list[dict[str, object]]] = []
    for i, outcome in enumerate(outcomes):
        if isinstance(outcome, Failure):
            raise InvalidError(f"input {i} cannot be scored: {outcome.error.detail}")
        ranked = sorted(outcome.escalation.probabilities.items(), key=lambda item: -item[1])
        answered.append([{"label": label, "score": score} for label, score in ranked])
    return JsonResponse(answered)
