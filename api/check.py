"""``detente serve --check``: everything the service needs, tried before it serves."""

from api.errors import UnavailableError
from api.feedback import FeedbackStore
from api.models import load_tried
from api.settings import Settings, SettingsError


def report(settings: Settings) -> list[str]:
    """Try settings, model and feedback database out, and say what would be served.

    Raises SettingsError or a ModelError with what does not work.
    """
    settings.require_access()
    classifier = load_tried(settings.model)
    lines = [
        f"serving on http://{settings.host}:{settings.port} with {settings.workers} worker(s)",
        f"model {classifier.version} from {classifier.model.path}",
    ]
    if settings.keys:
        names = ", ".join(f"{key.name} ({', '.join(sorted(key.scopes))})" for key in settings.keys)
        lines.append(f"keys: {names}")
    else:
        lines.append("keys: OFF, whoever reaches this address may use every call")
    lines.append(_feedback(settings))
    lines.append(f"scored statements are {'kept for /v1/review' if settings.collect else 'not kept'}")
    return lines


def _feedback(settings: Settings) -> str:
    if not settings.has_feedback:
        return "feedback: off"
    store = FeedbackStore(settings.feedback_url.get_secret_value())
    try:
        store.prepare()
    except UnavailableError as error:
        raise SettingsError(f"feedback_url: the database at {store.shown} cannot be used: {error.detail}") from error
    finally:
        store.close()
    return f"feedback: {store.shown}"
