import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# What is loaded stays for as long as the process: Python need not look through it
# again while it answers. That was a tenth of what taking in a visit costs.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
