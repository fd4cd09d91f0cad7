from django.urls import URLPattern

app_name = "enquetes"
urlpatterns: list[URLPattern] = []
