"""The words by which mail programs of many languages mark what they quote. Lower case; facts, not prose."""

from __future__ import annotations

_OPENING = (
    "on a at el em na le am op il in data den på fra från pe ma ti ke to su la de w dniu dnia dne dňa v "
    "în pada vào lúc στις σε в во у az a(z) 在 于 於 date: quoting citando zitat zitiere selon lun mar mer "
    "jeu ven sam dim mon tue wed thu fri sat sun mo di mi do fr sa so lunes martes miércoles jueves "
    "viernes"
)
OPENERS = frozenset(_OPENING.split())
"""First words of a line that says who wrote what follows."""

WROTE = (
    r"wrote|writes|said|sent|escribi[oó]|escribe|a\s+[eé]crit|[eé]crit|schrieb(?:\s+am)?|schreibt"
    r"|geschrieben|ha\s+scritto"
    r"|scrive|escreveu|escrev|schreef|geschreven|het\s+volgende\s+geschreven|skrev|skreiv|kirjoitti"
    r"|napisał(?:\(a\)|a)?"
    r"|pisze|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|napisao|napisala|je\s+napisa[ol]a?|написал(?:\(а\)"
    r"|а)?|пишет|пише"
    r"|написав|написала|написа|írta|a\s+scris|έγραψε|yazdı|şunu\s+yazdı|menulis|đã\s+viết|viết|rašė"
    r"|rakstīja"
    r"|kirjutas|va\s+escriure|escrigué|idatzi\s+du|scríobh|כתב(?:ה)?|كتب(?:ت)?|写道|寫道|写到|のメッセージ|作成|작성|님이"
)
"""Verbs of such a line, as alternatives of a regular expression."""

MONTHS = (
    r"jan|feb|fév|fev|mar|mär|mrt|apr|avr|abr|may|mai|mei|maj|maggio|jun|juin|jul|juil|aug|août|ago"
    r"|agosto|sep|set|oct|okt"
    r"|ott|out|nov|dec|dez|déc|dic|ene|января|февраля|марта|апреля|мая|июня|июля|августа|сентября"
    r"|октября|ноября|декабря"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada"
    r"|grudnia|ledna|února"
)
"""Beginnings of month names."""

FROM = (
    "from|von|de|da|van|från|fra|frå|od|ot|от|від|lähettäjä|feladó|kimden|gönderen|από|dari|từ"
    "|expéditeur|remitente|mittente|de la"
    "|desde|差出人|送信元|发件人|寄件者|寄件人|보낸 사람|보낸사람|מאת|من"
)
SENT = (
    "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|fecha|inviato|data|verzonden"
    "|skickat|sendt|dato|wysłano"
    "|odesláno|odoslané|отправлено|дата|надіслано|lähetetty|päiväys|elküldve|dátum|gönderildi"
    "|gönderme tarihi|tarih|trimis"
    "|ημερομηνία|送信日時|日付|发送时间|日期|寄件日期|보낸 날짜|날짜|נשלח|תאריך|تاريخ|đã gửi|ngày|tanggal|terkirim"
    "|enviada em|enviado em"
)
TO = (
    "to|an|à|a|para|al|aan|till|til|do|komu|pro|кому|vastaanottaja|címzett|kime|alıcı|către|προς|宛先"
    "|收件人|받는 사람|받는사람|אל|إلى|kepada"
    "|đến|pour|destinataire|destinatario|destinatari|per"
)
SUBJECT = (
    "subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|předmět|predmet"
    "|тема|aihe|tárgy|konu|subiect"
    "|θέμα|件名|主题|主題|主旨|제목|נושא|الموضوع|chủ đề|subjek|assumpte|re"
)
COPY = (
    "cc|bcc|kopie|copie|kopia|kopi|cópia|copia|копия|копія"
    "|kopio|másolat|bilgi|κοιν|抄送|副本|참조|reply-to|antwort an|répondre à|responder a"
)
REST = (
    "importance|wichtigkeit|importancia|priority|attachments|anlagen|anhänge"
    "|pièces jointes|adjuntos|allegati|bijlagen|organization|sender|mailed-by"
)

ORIGINAL = (
    r"original|origineel|urspr[uü]nglich|oprindelig|opprinnelig|ursprung|oorspronkelijk|d['’]origine"
    r"|originale|oryginaln|исходн|p[uů]vodn"
    r"|p[oô]vodn|eredeti|alkuper[aä]inen|[oö]zg[uü]n|orijinal|antwort|reply|réponse|respuesta|元の|原始|원본"
)
FORWARDED = (
    r"forwarded|weitergeleitete?|reenviad[oa]|transf[eé]r[eé]|inoltrat[oa]|encaminhad[oa]|doorgestuurd"
    r"|vidarebefordra[dt]"
    r"|videresendt|vidareformidl|przekazan[ae]|przesłan[ae]|пересыла|пересланн|přeposlan|preposlan"
    r"|edelleenlähetetty|välitetty"
    r"|iletilen|továbbított|redirecționat|προωθ|转发|轉寄|転送|전달|fwd"
)
MESSAGE = (
    r"message|nachricht|e-?mail|mail|mensaje|messaggio|mensagem|bericht|meddelande|meddelelse|besked"
    r"|melding|wiadomo[sś][cć]"
    r"|сообщени\w*|zpráva|správa|üzenet|viesti|mesaj|ileti|μήνυμα|邮件|郵件|メッセージ|메시지"
)
PASSED_ON = r"^\s*(\[[^\]]{1,40}\]\s*)?(fwd?|fw|tr|wg|rv|enc|i|doorst|vs|vb|vl|pd|przek|ilet|πρθ|轉寄|转发|továbbítás)\s*:"
"""A subject that says: somebody else wrote this, I pass it on."""

DEVICES = (
    r"i-?phone|i-?pad|ipod|android|samsung|galaxy|blackberry|huawei|xiaomi|redmi|pixel|windows phone"
    r"|windows mail|mail for windows|nokia"
    r"|motorola|oneplus|sony|lg|mobile\w*|handy|m[oó]vil|mobil\w*|smartphone|tablet|phone|outlook\w*"
    r"|yahoo mail|aol|gmail|gmx\w*|web\.de\w*"
    r"|mail\.ru|proton ?mail\w*|tutanota|airmail|spark|mailbird|boxer|nine|acompli|mailbox|sparrow"
    r"|thunderbird|k-9|fairemail|dispositivo"
    r"|tel[eé]fono|celular|telem[oó]vel|t[eé]l[eé]phone|t[eé]l[eé]fonr?|device|watch|workspace"
    r"|courrier|correo"
)
SENT_FROM = (
    r"sent (?:from|via|with|by|using)|get (?:the )?outlook for|envoy[eé](?:e)? (?:de|depuis"
    r"|à partir de|avec|via)|t[eé]l[eé]charger outlook"
    r"|obtenez outlook|obtener outlook|enviado (?:desde|de|do|por|a partir|mediante)|enviada (?:do|de)"
    r"|obter o outlook|von meinem .{2,40} gesendet"
    r"|gesendet (?:von|mit|über|aus)|(?:diese nachricht wurde )?von meine[mr] .{2,60} gesendet"
    r"|outlook f[uü]r .{2,30} (?:beziehen|herunterladen)"
    r"|holen sie sich outlook|inviato (?:da|dal|con)|scarica outlook|verzonden (?:vanaf|met|via|van)"
    r"|verstuurd (?:vanaf|vanuit|met)"
    r"|outlook voor .{2,30} downloaden|skickat (?:från|fr[aå]n)|h[aä]mta outlook|sendt (?:fra|via"
    r"|fr[aå])|hent outlook|l[aä]hetetty|hanki outlook"
    r"|wys[lł]an[eoy] z|pobierz outlook|odesl[aá]no z|odoslan[eé] z|отправлено (?:с|из)|надіслано з"
    r"|trimis (?:de pe|din)|k[uü]ldve|a(?:z)? .{2,30}mr[oó]l k[uü]ldve"
    r"|iphone.{0,12}dan g[oö]nderildi|g[oö]nderildi|发自我的|發自我的|我的 ?iphone|.{0,20}から送信|.{0,20}에서 보냄"
    r"|nalang|dikirim dari|được gửi từ"
)
CLOSINGS = (
    r"(?:(?:many|with|kind(?:est)?|best|warm(?:est)?|sincere(?:ly)?|yours|very|all the|cordial"
    r"|with (?:kind|best|warm)|thanks(?: and)?|thank you(?: and)?) )*"
    r"(?:regards|wishes|thanks|thank you|sincerely|truly|best|cheers|yours|respectfully|cordially"
    r"|faithfully|gratefully|warmly)"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|saludo cordial|atentamente|atte\.?"
    r"|un abrazo|(?:muchas )?gracias|cordialmente"
    r"|(?:bien |très )?cordialement|bien à (?:vous|toi)|salutations(?: distinguées)?"
    r"|(?:mit )?(?:freundliche[nr]?|beste[nr]?|herzliche[nr]?|viele|liebe) gr(?:ü|ue)(?:ß|ss)en?"
    r"|mfg|(?:cordiali|distinti) saluti|saluti|atenciosamente|abraços|(?:met )?(?:vriendelijke"
    r"|hartelijke) groet(?:en)?|(?:med )?vänlig(?:a)? hälsning(?:ar)?"
    r"|mvh|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|ystävällisin terveisin|z poważaniem"
    r"|pozdrawiam|s pozdravem|с уважением"
)
DISCLAIMERS = (
    r"(?:confidentiality|disclaimer|legal|privacy|privileged|important|aviso|nota|avertissement"
    r"|haftungsausschluss|vertraulich|clause)\b.{0,60}"
    r"(?:notice|statement|disclaimer|legal|confidencial\w*|confidentialit\w*|hinweis|:)"
    r"|(?:this|the) (?:e-?mail|message|communication|transmission|information"
    r"|electronic)\b.{0,200}(?:confidential|intended (?:only|solely|for|recipient)|privileged)"
    r"|(?:este|esta) (?:mensaje|correo|e-?mail|comunicaci[oó]n|mensagem)\b.{0,200}(?:confidencial"
    r"|destinatari|exclusiv)"
    r"|(?:ce|cet|le pr[eé]sent) (?:message|e-?mail|courriel|courrier)\b.{0,200}(?:confidentiel"
    r"|destinataire|destin[eé])"
    r"|(?:diese|die in dieser) (?:e-?mail|nachricht|mail)\b.{0,200}(?:vertraulich|adressat|bestimmt"
    r"|empf[aä]nger)"
    r"|(?:questo|il presente|la presente|le informazioni) (?:messaggio|e-?mail|comunicazione"
    r"|contenut)\w*.{0,200}(?:riservat|destinatari|confidenzial)"
    r"|(?:dit|deze) (?:bericht|e-?mail)\b.{0,200}(?:vertrouwelijk|geadresseerde|bestemd)"
    r"|please consider the environment|think before (?:you )?print|piense (?:en el medio ambiente"
    r"|antes de imprimir)|antes de imprimir"
)
