// Chooses the time zone of this device as long as nobody has chosen one.
for (const select of document.querySelectorAll("select[data-device-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select.value === select.dataset.deviceZone && [...select.options].some((option) => option.value === zone)) select.value = zone;
}
