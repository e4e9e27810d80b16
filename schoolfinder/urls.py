app_name = "schoolfinder"
urlpatterns: list = []
