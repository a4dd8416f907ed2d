"""The web application: /sparql and /query as the protocol has them, and the start page."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seston.web.exchange import Answer, Asked, Refusal
from seston.web.page import StartPage
from seston.web.pool import Pool
from seston.web.protocol import read_request

_STATIC = Path(__file__).with_name("static")
_POLICY = "default-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
}


def application(pool: Pool, page: StartPage, origins: Sequence[str], tell: Callable[[str], None]) -> Starlette:
    """Return the application.

    Parameters
    ----------
    pool
        Answers the queries; the application opens and closes it.
    page
        The start page.
    origins
        Origins whose pages may ask from a browser; none by default.
    tell
        Told of each request: method, path, status, bytes and milliseconds; never the query.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await pool.open()
        try:
            yield
        finally:
            pool.close()

    async def sparql(request: Request) -> Response:
        try:
            answer = await _while_there(request, pool.answer(await _asked(request, pool.limits.request_bytes)))
        except Refusal as refusal:
            answer = refusal.answer()
        return _response(answer)

    async def start(request: Request) -> Response:
        return _response(Answer(200, "text/html; charset=utf-8", (await page.html(pool)).encode()))

    methods = ["GET", "POST"]
    routes = [
        Route("/", start),
        Route("/sparql", sparql, methods=methods),
        Route("/query", sparql, methods=methods),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    middleware = [Middleware(_Log, tell)]
    if origins:
        middleware.append(Middleware(CORSMiddleware, list(origins), methods, ["*"]))
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan)


async def _asked(request: Request, most: int) -> Asked:
    """Return what a request asks; what is longer than allowed is not read to its end."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > most:
                raise Refusal(413, f"The request is longer than {most:,} bytes, the limit here.")
    except ClientDisconnect as error:
        raise Refusal(400, "The request was broken off.") from error
    content_type, accept = request.headers.get("content-type", ""), ",".join(request.headers.getlist("accept"))
    return read_request(request.method, request.scope["query_string"], content_type, b"".join(parts), accept)


async def _while_there(request: Request, answering: Coroutine[Any, Any, Answer]) -> Answer:
    """Return the answer, or end its query when the client goes away."""
    work, gone = asyncio.ensure_future(answering), asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise Refusal(400, "The request was broken off.")
        return work.result()
    finally:
        for task in (work, gone):
            task.cancel()


def _response(answer: Answer) -> Response:
    headers = _HEADERS | {"Vary": "Accept"} | ({"Retry-After": "10"} if answer.status == 503 else {})
    return Response(answer.content, answer.status, {**headers, "Content-Type": answer.media_type})


class _Log:
    """Tells of each request when its answer is complete."""

    def __init__(self, app: ASGIApp, tell: Callable[[str], None]) -> None:
        self._app, self._tell = app, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 500, 0

        async def counting(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting)
        finally:
            took = (time.perf_counter() - began) * 1000
            self._tell(f"{scope['method']} {quote(scope['path'])} {status} {size} bytes {took:.0f} ms")
