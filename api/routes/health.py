"""What a load balancer asks."""

from fastapi import APIRouter

from api.services import ClassifierDep

router = APIRouter(tags=["operation"])


@router.get("/v2/health/live")
async def live() -> dict[str, bool]:
    """Answer 200 while the process serves."""
    return {"live": True}


@router.get("/v2/health/ready")
async def ready(classifier: ClassifierDep) -> dict[str, bool]:
    """Answer 200 while there is a model, 503 otherwise."""
    return {"ready": True}
