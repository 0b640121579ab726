"""Files of other systems taken in without mapping, one module each."""

from . import google, mailchimp, vcard

FORMATS = {
    "google_contacts": google.FORMAT,
    "mailchimp": mailchimp.FORMAT,
    "vcard": vcard.FORMAT,
    "vcard_organisations": vcard.ORGANISATIONS,
}
