"""What travels between a bot and Telegram: JSON objects and refusals."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal as the Bot API words it: HTTP status, description, and perhaps parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Return the JSON answer."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(what: str) -> ApiError:
    """Make a 400; `what` follows "Bad Request: "."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """Make a 403; `what` follows "Forbidden: "."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """Make a 409; `what` follows "Conflict: "."""
    return ApiError(409, f"Conflict: {what}")


def unauthorized() -> ApiError:
    """Make the 401 of a wrong token."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """Make the 404 of an unknown method or path."""
    return ApiError(404, "Not Found")
