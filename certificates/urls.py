"""The office's reviews and certificates, mounted at the top; and the landlord's papers."""

from django.urls import path, re_path

from certificates.views import certificates, history, prints, records, reviews

app_name = "certificates"

urlpatterns = [
    path("office/reviews/", reviews.reviews, name="reviews"),
    path("office/reviews/records/<int:pk>/", records.records, name="records"),
    path("office/reviews/<int:pk>/", reviews.reviewed, name="review"),
    path("office/reviews/<int:pk>/return/", reviews.send_back, name="send_back"),
    path("office/certificates/", certificates.certificates, name="certificates"),
    path(
        "office/certificates/<str:number>/",
        certificates.certificate,
        name="certificate",
    ),
    path("office/certificates/<str:number>/print/", prints.printed, name="print"),
    re_path(
        r"^office/certificates/(?P<number>[^/]+)/(?P<what>suspension|lifting|revocation)/$",
        certificates.ending,
        name="ending",
    ),
    path(
        "landlord/certificates/<str:number>/print",
        prints.printed,
        name="landlord_print",
    ),
    path("office/houses/<str:number>/history/", history.history, name="history"),
]
