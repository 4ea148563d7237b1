"""POST /v1/articles: the statements of an article, who made them, and their scores."""

from fastapi import APIRouter, Response

from api.direct import DirectRoute
from api.encoding import JsonResponse
from api.schemas import ArticleRequest, ArticleResponse
from api.services import CallerDep, ClassifierDep, ServicesDep
from classifier import Statement
from classifier.words import mentions_of

router = APIRouter(tags=["score"], route_class=DirectRoute)


@router.post("/v1/articles", response_model=ArticleResponse)
async def articles(
    body: ArticleRequest, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep
) -> Response:
    """Find the statements of an article with their speakers, and score each."""
    from classifier.quotes import extract

    services.pool.check(Statement(body.text))
    found = await services.pool.run(lambda: extract(body.text))
    caller.spend(max(1, len(found)))
    statements = [
        Statement(each.scored_text, each.target if each.target and mentions_of(each.scored_text, each.target) else None)
        for each in found
    ]
    outcomes = await services.pool.score(classifier, statements)
    services.collector.offer(classifier, statements, outcomes)
    pairs = zip(found, outcomes, strict=True)
    answered = [{**each.as_dict(), "prediction": outcome} for each, outcome in pairs]
    return JsonResponse({"model_version": classifier.version, "statements": answered})
