from django.apps import AppConfig
from django.core.checks import register


class SchoolfinderConfig(AppConfig):
    name = "schoolfinder"
    verbose_name = "School finder"

    def ready(self) -> None:
        from careers import panels as careers_panels
        from careers.sitemaps import SITEMAPS
        from schoolfinder import comparison, panels, search
        from schoolfinder.encryption import check_keys
        from schoolfinder.sitemaps import FinderSitemap, SchoolSitemap

        careers_panels.register_guide_panel(panels.schools_nearby, position=20)
        careers_panels.register_guide_field_list(panels.guide_fields)
        careers_panels.register_kept_programs(panels.kept_programs)
        careers_panels.register_program_comparison(comparison.compare_url)
        careers_panels.register_search_group(search.field_group, position=10)
        careers_panels.register_search_group(search.school_group, position=20)
        SITEMAPS.update(finder=FinderSitemap, schools=SchoolSitemap)
        register(check_keys)
