"""The product's settings, with one further address for the benchmarks."""

from barnraise.config.settings import *  # noqa: F403

ROOT_URLCONF = "static_urls"
