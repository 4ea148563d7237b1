"""GET /v1/model and /v1/labels: the card's figures and the scales."""

from fastapi import APIRouter, Response

from api.encoding import JsonResponse
from api.model_schemas import LabelsResponse, ModelResponse
from api.services import ClassifierDep, ServicesDep
from classifier.labels import DESCRIPTIONS, ESCALATION_LEVELS, QUAD_CLASS, STANCES, TONES

router = APIRouter(tags=["model"])


@router.get("/v1/model", response_model=ModelResponse)
async def model(classifier: ClassifierDep, services: ServicesDep) -> Response:
    """Return what the model in use was trained on and how well it does."""
    manifest = classifier.model.manifest
    return JsonResponse(
        {
            "model_version": classifier.version,
            "format_version": manifest["format_version"],
            "training_data": manifest.get("training_data"),
            "libraries": manifest.get("libraries", {}),
            "abstention": {
                "threshold": classifier.model.threshold,
                "domain_threshold": classifier.model.domain_threshold,
            },
            "metrics": manifest.get("metrics", {}),
            "refused": services.models.refused,
        }
    )


@router.get("/v1/labels", response_model=LabelsResponse)
async def labels() -> Response:
    """Return the scales and their labels, in order."""
    levels = [
        {"label": label, "level": level, "description": DESCRIPTIONS[label]}
        for label, level in ESCALATION_LEVELS.items()
    ]
    acts = [{"label": label, "quad_class": quad} for label, quad in QUAD_CLASS.items()]
    return JsonResponse({"escalation": levels, "tone": list(TONES), "act": acts, "stance": list(STANCES)})
