"""All settings. What differs per place comes from the environment; .env.example lists it."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from netwerk import env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG", default=True)
DEMONSTRATIE = env.flag("DEMONSTRATIE", default=False)
SECRET_KEY = env.secret("SECRET_KEY", development="only-for-development-" * 3, is_development=DEBUG)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

# Every absolute address on the site is made from SITE_URL, never from what a visitor's browser sent.
SITE_URL = env.text("SITE_URL", "http://localhost:8000" if DEBUG else None).rstrip("/")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver" if DEBUG else None)
# Where the button "leave quickly" goes: a page that anybody may be looking at.
SNEL_WEG_NAAR = env.https("SNEL_WEG_NAAR", "https://www.knmi.nl/")
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "hallo@netwerk.example" if DEBUG or DEMONSTRATIE else None)

INSTALLED_APPS = [
    "organisaties",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "organisaties.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "js_lib_leaflet",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "netwerk.middleware.HeadersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "netwerk.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "organisaties.views.meenemen.neem_lijst_mee",
]

ROOT_URLCONF = "netwerk.urls"
WSGI_APPLICATION = "netwerk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.cache",
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "organisaties.templatetags.netwerk",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisaties.context_processors.site",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}

# Parts of a page that are the same for everybody, such as the footer; templates that are being edited are not kept.
CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}"}}

# People
AUTH_USER_MODEL = "organisaties.Gebruiker"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
# Editors log in with a code by e-mail; an account is born from an approved request or an invitation, never here.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mijn"
ACCOUNT_ADAPTER = "organisaties.views.inloggen.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 60 * 15
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/h/ip,5/h/key"}
# Coordinators log in with a password and then a code or a passkey; a passkey of an editor is another way in.
TWEEDE_STAP = not (DEBUG or DEMONSTRATIE)
MFA_ADAPTER = "organisaties.tweede_stap.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED, MFA_WEBAUTHN_USER_VERIFICATION = True, "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_ENGINE = "organisaties.sessies"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Languages and time. A new language is a line here and a catalogue in locale/.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["netwerk.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Amsterdam"

# Files
STATIC_URL, MEDIA_URL = "/static/", "/media/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
MEDIA_S3_BUCKET = env.text("MEDIA_S3_BUCKET", "")
# Only production collects static files; elsewhere they are served from where they are written.
COLLECTED = not DEBUG and not DEMONSTRATIE
STATIC_ROOT = BASE_DIR / "staticfiles" if COLLECTED else None
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": env.text("MEDIA_S3_ENDPOINT", "") or None,
            "access_key": env.text("MEDIA_S3_ACCESS_KEY", ""),
            "secret_key": env.text("MEDIA_S3_SECRET_KEY", ""),
            "file_overwrite": False,
        },
    }
    if MEDIA_S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640

# A tile server that draws streets under the map, only for a visitor who asks for it
KAART_TEGELS = env.tiles("KAART_TEGELS")
KAART_TEGELS_BRON = env.text("KAART_TEGELS_BRON", "") or urlsplit(KAART_TEGELS).netloc

# Mail waits in the outbox until send_berichten sends it; without a mail server, development prints it.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
# Port 465 speaks TLS from the first byte; other ports begin plain and change over (STARTTLS).
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=EMAIL_PORT == 465)
EMAIL_USE_TLS = not EMAIL_USE_SSL and env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
SERVER_EMAIL = CONTACT_EMAIL
DEFAULT_FROM_EMAIL = f"Netwerk Nieuwkomers Amsterdam <{CONTACT_EMAIL}>"

# What a visitor may send
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "organisaties.views.afzender.NietTeGroot",
    *(f"django.core.files.uploadhandler.{kind}FileUploadHandler" for kind in ("Memory", "Temporary")),
]

# How many days data about people are kept; organisaties/bewaartermijnen.py says from when, purge_gegevens removes them.
BEWAARTERMIJNEN = {
    name: env.number(f"BEWAAR_{name.upper()}", days)
    for name, days in {
        "onbevestigd": 7,
        "verdacht": 30,
        "ingetrokken": 7,
        "afgewezen": 30,
        "afgerond": 365,
        "melding": 30,
        "melding_verdacht": 30,
        "melding_open": 365,
        "verzonden": 30,
        "mislukt": 90,
        "uitnodiging": 30,
        "logboek": 730,
        "weggehaald": 30,
        "versies": 730,
    }.items()
}

# Security: nothing inline, nothing from elsewhere, no cookie for readers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=HTTPS)
# How many proxies of ours in front add the visitor's address to X-Forwarded-For; 0 when there is none.
PROXY_HOPS = env.number("PROXY_HOPS", 0)
# Set PROXY_HTTPS only when a proxy of ours in front sets X-Forwarded-Proto itself, whatever a visitor sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("PROXY_HTTPS", default=False) else None
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "organisaties.views.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What visitors ask for is not written down, also not when there is no such page; what breaks is.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
