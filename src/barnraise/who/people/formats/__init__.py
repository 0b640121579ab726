"""Files of other systems taken in without mapping, one module each."""

from . import google, mailchimp, vcard

FORMATS = {
    "google_contacts": google.FORMAT,
    "google_organisations": google.ORGANISATIONS,
    "mailchimp": mailchimp.FORMAT,
    "vcard": vcard.FORMAT,
    "vcard_organisations": vcard.ORGANISATIONS,
}
