"""The calls of the Open Inference Protocol, version 2."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api import inference
from api.encoding import JsonResponse
from api.routes.predict import limit
from api.services import CallerDep, ClassifierDep, ServicesDep

router = APIRouter(tags=["conventions"])

_BODY = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/InferRequest"}}}, "required": True}


@router.get("/v2")
async def server_metadata(services: ServicesDep) -> dict[str, Any]:
    """Return the server's metadata."""
    return {"name": inference.MODEL_NAME, "version": services.version, "extensions": ["binary_tensor_data"]}


@router.get("/v2/models/detente")
async def model_metadata(classifier: ClassifierDep) -> dict[str, Any]:
    """Return the model's tensors."""
    return inference.metadata(classifier.version)


@router.get("/v2/models/detente/ready")
async def model_ready(classifier: ClassifierDep) -> dict[str, Any]:
    """Answer 200 where the model is ready."""
    return {"name": inference.MODEL_NAME, "ready": True, "version": classifier.version}


@router.post("/v2/models/detente/infer", response_model=inference.InferResponse, openapi_extra={"requestBody": _BODY})
async def infer(request: Request, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep) -> Response:
    """Score the tensor `text`, with the stance toward the tensor `target` where there is one."""
    asked = inference.parse(await request.body(), request.headers.get(inference.HEADER_LENGTH))
    statements = inference.statements_of(asked)
    limit(services, len(statements))
    caller.spend(len(statements))
    outcomes = await services.pool.score(classifier, statements)
    answer: dict[str, object] = {"model_name": inference.MODEL_NAME, "model_version": classifier.version}
    if asked.id is not None:
        answer["id"] = asked.id
    return JsonResponse(answer | {"outputs": inference.tensors_of(asked, outcomes)})
