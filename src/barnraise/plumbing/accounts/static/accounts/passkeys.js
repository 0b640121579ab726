// A passkey that did not answer must not leave people before a page that seems to do nothing.
document.addEventListener("allauth.error", (event) => {
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});
document.addEventListener("click", (event) => {
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (trouble && event.target.closest("#passkey_login, #mfa_webauthn_add, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate")) trouble.hidden = true;
}, true);
