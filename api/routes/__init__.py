"""The calls of the service, a module each; every handler stays a few lines."""

from fastapi import APIRouter

from api.routes import articles, batch, classify, explain, feedback, health, inference, model, operation, page, predict


def routers() -> tuple[APIRouter, ...]:
    """Return the routers in the order in which the document shows them."""
    modules = (predict, explain, articles, batch, feedback, model, classify, inference, health, operation, page)
    return tuple(module.router for module in modules)
