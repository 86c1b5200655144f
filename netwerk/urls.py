"""Which address opens which door."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from organisaties.views import adressen, errors
from organisaties.views.media import media

urlpatterns = [
    path("", adressen.root, name="root"),
    path("a/<slug:slug>/", adressen.kort_activiteit, name="kort-activiteit"),
    path("b/<str:token>/", adressen.kort_bewaarlijst, name="kort-bewaarlijst"),
    path("admin/", admin.site.urls),
    path("media/<path:path>", media, name="media"),
    *i18n_patterns(path("", include("organisaties.urls.pages")), path("", include("organisaties.urls.data"))),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
