"""Pictures for those who share an address: one a guide, one for everything else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers import shareimage
from careers.catalogue import catalogue
from careers.guiderows import find_guide
from careers.views.guides import guide_elsewhere

YEAR = 365 * 24 * 3600
HOUR = 3600


@require_safe
def guide_image(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_guide(slug)
    if found is None:
        return guide_elsewhere(request, slug, "careers:guide_image")
    return _png(request, shareimage.card_of(catalogue(holding=found.pk).by_pk[found.pk]))


@require_safe
def site_image(request: HttpRequest) -> HttpResponse:
    return _png(request, shareimage.SITE)


def _png(request: HttpRequest, card: shareimage.Card) -> HttpResponse:
    """Kept for a year where the address names the version that it shows, for an hour elsewhere."""
    etag = f'"{card.version}"'
    is_known = etag in request.headers.get("If-None-Match", "")
    response = HttpResponse(
        b"" if is_known else shareimage.picture(card),
        status=304 if is_known else 200,
        content_type="image/png",
    )
    is_lasting = request.GET.get("v") == card.version
    lasting = f"public, max-age={YEAR}, immutable"
    response.headers["Cache-Control"] = lasting if is_lasting else f"public, max-age={HOUR}"
    response.headers["ETag"] = etag
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # shown by other sites
    return response
