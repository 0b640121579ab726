"""All addresses of the product, and a view that does next to nothing behind the same middlewares and login."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from barnraise.config.urls import urlpatterns as own
from barnraise.foundation.policy import signed_in
from barnraise.plumbing.ui.pages import page


@page(signed_in)
def hello(request: HttpRequest) -> HttpResponse:
    """The comparator."""
    return HttpResponse("<!doctype html><title>hello</title><p>hello")


urlpatterns = [path("bench-static/", hello, name="bench_static"), *own]
