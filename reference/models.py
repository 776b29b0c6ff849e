from django.db import models


class AdministrativeUnit(models.Model):
    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)

    def __str__(self):
        return self.name


class LegalReference(models.Model):
    key = models.CharField(max_length=60, unique=True)

    def __str__(self):
        return self.key
