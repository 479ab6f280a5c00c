"""How the stand-in says no: the error answers of the Bot API."""


class ApiError(Exception):
    """An answer with "ok": false. `code` is the HTTP status, `retry_after` in seconds for 429."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after

    def body(self) -> dict[str, object]:
        """The JSON answer."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(reason: str) -> ApiError:
    """The answer 400 with a reason."""
    return ApiError(400, f"Bad Request: {reason}")
