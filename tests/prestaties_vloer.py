"""The floor that pages are measured against: what the least Django page with a list costs on this machine.

One query (20 rows, 6 columns), a base and a child template, the applications and middleware of startproject, Dutch
dates, about 4 KB. Gunicorn serves it as `tests.prestaties_vloer`, from the database of DATABASE_URL.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from netwerk import env

ROWS = 20
BASE = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body>
<header><a href="/">Home</a></header>
<main>{% block content %}{% endblock %}</main>
<footer>The floor</footer>
</body>
</html>
"""
LIST = """{% extends "base.html" %}
{% block title %}Activiteiten{% endblock %}
{% block content %}<h1>Activiteiten</h1>
<table>
{% for activiteit in activiteiten %}<tr><td>{{ activiteit.pk }}</td>
<td><a href="/{{ activiteit.slug }}/">{{ activiteit.naam_nl }}</a></td>
<td>{{ activiteit.samenvatting_nl }}</td><td>{{ activiteit.kosten }}</td>
<td>{{ activiteit.updated_at|date:"j F Y" }}</td></tr>
{% endfor %}</table>{% endblock %}
"""
TEMPLATES = {"base.html": BASE, "list.html": LIST}

settings.configure(
    DEBUG=False,
    SECRET_KEY=env.text("SECRET_KEY"),
    ALLOWED_HOSTS=env.words("ALLOWED_HOSTS"),
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
    # Connections stay open and are not tried out first, whatever the site does: a floor that opens one per request, or
    # asks a second query, is easy to beat.
    DATABASES={"default": {**env.database("DATABASE_URL", ""), "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}},
    LANGUAGE_CODE="nl",
    TIME_ZONE="Europe/Amsterdam",
    STATIC_URL="/static/",
)
application = get_wsgi_application()


class Activiteit(models.Model):
    """Six columns of the site's own table; the id is the sixth."""

    slug = models.CharField(max_length=200)
    naam_nl = models.CharField(max_length=160)
    samenvatting_nl = models.CharField(max_length=240)
    kosten = models.CharField(max_length=8)
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        app_label = "vloer"
        db_table = "organisaties_activiteit"

    def __str__(self) -> str:
        return self.naam_nl


def floor(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", {"activiteiten": Activiteit.objects.order_by("pk")[:ROWS]})


urlpatterns = [path("", floor)]
