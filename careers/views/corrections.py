"""Where a reader says what is wrong in a plain version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careers import corrections
from careers.forms import CorrectionForm
from careers.guiderows import find_guide
from careers.models import Guide
from careers.networks import network_of
from careers.views.guides import guide_elsewhere


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correction(request: HttpRequest, slug: str) -> HttpResponse:
    guide = find_guide(slug)
    if guide is None:
        return guide_elsewhere(request, slug, "careers:correction")
    if request.method != "POST":
        return _page(request, guide, CorrectionForm(initial={"part": request.GET.get("part")}))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, guide, form, status=422)
    part, text = form.cleaned_data["part"], form.cleaned_data["text"]
    try:
        if not form.is_trapped:
            corrections.suggest(guide, part, text, network_of(request))
    except corrections.TooMany:
        form.add_error(None, "Many suggestions came from your network today. Try again tomorrow.")
        return _page(request, guide, form, status=429)
    return redirect(f"{reverse('careers:correction', args=[guide.slug])}?sent")


def _page(
    request: HttpRequest, guide: Guide, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    """The form, or thanks: said without a message, since a reader of guides has no cookie."""
    context = {
        "section": "careers",
        "guide": guide,
        "cluster": guide.topic.cluster if guide.topic else None,
        "form": form,
        "sent": "sent" in request.GET and not form.is_bound,
    }
    return TemplateResponse(request, "careers/correction.html", context, status=status)
