from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "orportal"
    verbose_name = "ORportaal"
