/* Answering without network: ONE document that the server rendered, all pages hidden but one. This
   script shows, hides, seals, queues and sends; it draws no question. No dependency, no build.
   The conditions are those of enquetes/parcours/conditions.py: 10 000 random cases must agree. */
export const REFUS = "_pnr";

const nombreDe = (v) =>
  typeof v === "number" ? v : typeof v === "string" && /^[0-9]{1,18}$/.test(v) ? Number(v) : null;

export const evaluer = (arbre, reponses) => {
  if (!arbre) return true;
  if ("all" in arbre) return arbre.all.every((a) => evaluer(a, reponses));
  if ("any" in arbre) return arbre.any.some((a) => evaluer(a, reponses));
  if ("not" in arbre) return !evaluer(arbre.not, reponses);
  const v = reponses[arbre.q];
  if (v === undefined || v === null || v === REFUS) return false;
  if ("eq" in arbre) return !Array.isArray(v) && String(v) === String(arbre.eq);
  if ("has" in arbre) return Array.isArray(v) && v.includes(arbre.has);
  const n = nombreDe(v);
  return n !== null && ("ge" in arbre ? n >= arbre.ge : n <= arbre.le);
};

/* A hidden answer is dropped and weighs nothing on later pages. */
export const chemin = (pages, reponses) => {
  const gardees = {};
  const vues = pages.filter((p) => {
    if (!evaluer(p.si, gardees)) return false;
    for (const { c } of p.champs) if (c in reponses) gardees[c] = reponses[c];
    return true;
  });
  return [vues, gardees];
};

/* --- what is typed, read as enquetes/champs reads it --------------------------------------- */
const chiffre = (s) => {
  let d = 0, p = s.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(p - d - 1))) d++;
  return d % 10;
};
export const chiffres = (s) =>
  [...s].map((c) => (/[\s\p{Cf}\x1c-\x1f\x85]/u.test(c) ? "" : /\p{Nd}/u.test(c) ? chiffre(c) : ({ ",": ".", "\u066b": ".", "\u060c": ".", "\u066c": "", "\u2212": "-" })[c] ?? c)).join("");
let ecart = 0; // what the server's clock shows more than this device's, since it was last heard of
const propre = (s) => s.replace(/\r\n?/g, "\n").normalize("NFC").trim();

const rangs = (ch, mot) => {
  const nom = mot.toLowerCase().normalize("NFD").replace(/[\p{Mn}.,\-/_]/gu, "");
  return [...nom].length < 3 ? [] : ch.noms.flatMap((noms, i) => (noms.some((n) => n.startsWith(nom)) ? [i + 1] : []));
};
const moisNomme = (ch, t) => {
  const m = /^(?:(\D+)(\d{4})|(\d{4})(\D+))$/.exec(t), dits = m ? rangs(ch, m[1] || m[4]) : [];
  return dits.length === 1 ? `${dits[0]}/${m[2] || m[3]}` : t;
};
/* « 15/a/2025 »: a for the name of a month, x for another word, / for what stands between. */
const forme = (ch, s) =>
  moisNomme(ch, chiffres(s)).replace(/[\p{L}\p{M}]+/gu, (mot) => (rangs(ch, mot).length ? "a" : "x")).replace(/[^\dax]+/g, "/").replace(/^\/|\/$/g, "");
/* The month and the year of a right shape: « 3/2025 », « 032025 », « 2025/3 ». */
const mois = (f) => /^(\d+?)\/?(\d{4})$/.exec(f.replace(/(\d{4})\/(\d+)$/, "$2$1")).slice(1);

export const juger = (ch, s) => {
  if (ch.t === "texte") {
    const n = [...propre(s)].length;
    return n <= ch.max ? null : n > 20000 ? ["demesure"] : ["long", n]; // COMPTE_AU_PLUS, enquetes/champs/base.py
  }
  const t = chiffres(s);
  if (!t) return null;
  if (ch.t === "mois") {
    if ([...s].length > 200) return ["mois"];
    const f = forme(ch, s);
    const [faute] = ch.formes.find(([, motif]) => new RegExp(`^(?:${motif})$`).test(f)) || ["mois"];
    if (faute || !ch.futur) return faute ? [faute] : null;
    // As enquetes/champs/mois.py: the month of the first land where it begins, fourteen hours ahead.
    const [m, an] = mois(f), ici = new Date(Date.now() + ecart + 504e5);
    return an * 12 + Number(m) - 1 > Math.max(ch.futur, ici.getUTCFullYear() * 12 + ici.getUTCMonth()) ? ["futur"] : null;
  }
  const n = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))$/.exec(t);
  if (!n) return ["nombre"];
  if ((n[1] || n[2] || "").length > ch.dec) return [ch.dec ? "decimales" : "entier"];
  return Number(t) >= ch.min && Number(t) <= ch.max ? null : ["bornes"];
};
/* What was understood, as the summary of the wizard says it. */
export const lu = (ch, s, l) => {
  const n = Number(chiffres(s)) + 0;
  if (!/^[nm]/.test(ch.t) || juger(ch, s)) return s;
  if (/^m/.test(ch.t)) return mois(forme(ch, s)).join("/").padStart(7, 0);
  return n.toLocaleString(l === "en" ? l : "fr", { useGrouping: n * n >= 1e8, maximumFractionDigits: 4 }) + (ch.unite || "");
};

/* --- sealing: AES-256-GCM, its key wrapped with RSA-OAEP ------------------------------------ */
const b64 = (b) => btoa(Array.from(new Uint8Array(b), (x) => String.fromCharCode(x)).join(""));
const octets = (s) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
const utf8 = (s) => new TextEncoder().encode(s);
export const uuid = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
export const sceller = async (id, plan, contenu) => {
  const S = crypto.subtle, iv = crypto.getRandomValues(new Uint8Array(12));
  const pub = await S.importKey("spki", octets(plan.pub), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
  const cle = await S.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const clair = utf8(JSON.stringify(contenu));
  const plein = new Uint8Array(Math.ceil(clair.length / 512) * 512).fill(32); // hides the length
  plein.set(clair);
  const additionalData = utf8(`voix1|${id}|${plan.q}|${plan.v}|${plan.kid}`);
  const ct = await S.encrypt({ name: "AES-GCM", iv, additionalData }, cle, plein);
  const ek = await S.encrypt({ name: "RSA-OAEP" }, pub, await S.exportKey("raw", cle));
  return { id, q: plan.q, v: plan.v, kid: plan.kid, ek: b64(ek), iv: b64(iv), ct: b64(ct) };
};
/* The code of erasure, drawn here so that it is shown without network (confidentialité §8). */
export const ALPHABET = "234679ACDEFHJKLMNPRTWXY";
const controle = (rangs) => rangs.reduceRight((s, x) => (s * 5 + x) % 23, 0);
export const nouveauCode = () => {
  const v = [];
  while (v.length < 7) for (const x of crypto.getRandomValues(new Uint8Array(16))) if (x < 230 && v.length < 7) v.push(x % 23);
  v[7] = 0;
  while (controle(v)) v[7]++;
  return v.map((x) => ALPHABET[x]).join("").replace(/^..../, "$&-");
};

/* The code of a card as it is printed, or nothing: case and separators are free, a scanner may type the
   whole address; nothing else is corrected (enquetes/parcours/code_effacement.py). */
export const lireCarte = (saisi) => {
  const lus = [...saisi.split("#").pop().toUpperCase().replace(/[\s.\-\u2010-\u2014\u2212]/g, "")];
  return lus.length === 8 && lus.every((s) => ALPHABET.includes(s)) && !controle(lus.map((s) => ALPHABET.indexOf(s))) ? lus.join("").replace(/^..../, "$&-") : "";
};

/* --- what the device keeps ------------------------------------------------------------------ */
let base;
const ouvrir = () => (base ||= new Promise((ok, non) => {
  const r = indexedDB.open("voix", 1);
  r.onupgradeneeded = () => {
    r.result.createObjectStore("file", { keyPath: "id" });
    r.result.createObjectStore("corbeille", { keyPath: "id" });
    r.result.createObjectStore("kv");
  };
  r.onsuccess = () => {
    // iOS closes the connection under memory pressure: the next use opens it again.
    r.result.onclose = () => { base = null; };
    r.result.onversionchange = () => { r.result.close(); base = null; };
    ok(r.result);
  };
  r.onerror = r.onblocked = () => { base = null; non(r.error || new Error("abandon")); };
}));
const transaction = async (magasins, mode, geste) => {
  let t;
  try {
    t = (await ouvrir()).transaction(magasins, mode, { durability: "strict" });
  } catch (e) {
    base = null;
    t = (await ouvrir()).transaction(magasins, mode, { durability: "strict" });
  }
  return new Promise((ok, non) => {
    let sortie;
    const r = geste(t);
    if (r) r.onsuccess = () => { sortie = r.result; };
    t.oncomplete = () => ok(sortie);
    t.onerror = t.onabort = () => non(t.error || new Error("abandon"));
  });
};
const lire = (k) => transaction(["kv"], "readonly", (t) => t.objectStore("kv").get(k));
const ecrire = (k, v) => transaction(["kv"], "readwrite", (t) => { t.objectStore("kv").put(v, k); });
/* A draft: its key never leaves the device's storage. */
export const chiffrer = async (objet) => {
  let cle = await lire("cle");
  if (!cle) await ecrire("cle", (cle = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, ct: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cle, utf8(JSON.stringify(objet))) };
};
export const dechiffrer = async ({ iv, ct }) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await lire("cle"), ct)));
const tous = (magasin) => transaction([magasin], "readonly", (t) => t.objectStore(magasin).getAll());

/* --- sending: one tab at a time, twenty envelopes at a time --------------------------------- */
const OUBLIER = ["ok", "dup", "gone", "quarantine"]; // the server has it: nothing else is an acknowledgement
let fermes, attente = 0, minuteur, encore, apres = () => {};
const nu = ({ id, q, v, kid, ek, iv, ct }) => ({ id, q, v, kid, ek, iv, ct });
export const poster = (jeton, items, reste, signal) => fetch("/o/envois/", {
  method: "POST", credentials: "omit", cache: "no-store", redirect: "error", signal,
  headers: { "Content-Type": "application/json", Authorization: "Bearer " + jeton },
  body: JSON.stringify({ items, reste }),
});
const unLot = async () => {
  // Read by their random names, so in no order; drawn again, so that none at the head holds back the rest.
  const file = (await tous("file")).filter((e) => !e.refus && !fermes.includes(e.lien)).sort(() => .5 - Math.random());
  if (!file[0] && fermes[0]) throw new Error(401);
  const lien = file[0]?.lien || (await lire("lien")); // a contact, even empty, tells how many wait
  if (!lien) return false;
  const miens = file.filter((e) => e.lien === lien), lot = [];
  let poids = 0;
  for (const e of miens) {
    if (lot.length && ((poids += e.ct.length) > 6e4 || lot.length >= 20)) break;
    lot.push(nu(e));
  }
  const coupe = new AbortController(), delai = setTimeout(() => coupe.abort(), 2e4);
  let j, statut;
  try {
    const r = await poster((await lire("jeton:" + lien)) || lien, lot, miens.length - lot.length, coupe.signal);
    statut = r.status;
    j = await r.json();
  } catch {} finally { clearTimeout(delai); }
  if (statut === 401) return fermes.push(lien); // closed to this device: the other links still leave
  if (statut !== 202 || j?.voix !== 1 || !j.items) throw new Error(statut); // a captive portal answers 200
  ecart = j.now * 1000 - Date.now();
  let faites = 0;
  await transaction(["file", "corbeille", "kv"], "readwrite", (t) => {
    for (const e of miens) {
      const issue = j.items[e.id];
      if (OUBLIER.includes(issue)) {
        t.objectStore("corbeille").put({ ...nu(e), lien, le: j.now * 1000 });
        t.objectStore("file").delete(e.id);
      } else if (issue === "conflict" || issue === "malformed") t.objectStore("file").put({ ...e, refus: issue });
      else continue;
      faites++;
    }
    t.objectStore("kv").put(j.retiree || "", "retiree:" + lien); // a version with a fault
  });
  await reprendre(j.renvoyer);
  await vider(j.now * 1000);
  if (lot.length && !faites) throw new Error("retry"); // a server that can store nothing is left alone for a while
  return fermes[0] || file.length > faites; // what is closed is told last, whatever left after it
};
/* The server was restored from a backup: send again what it had acknowledged since, by its own clock. */
const reprendre = async (depuis) => {
  if (!depuis || (await lire("renvoye")) === depuis) return;
  const perdues = (await tous("corbeille")).filter((e) => e.le >= depuis * 1000);
  await transaction(["file", "kv"], "readwrite", (t) => {
    for (const e of perdues) t.objectStore("file").put(e);
    t.objectStore("kv").put(depuis, "renvoye");
  });
};
/* Tells the page: nothing when all that could leave has left; else the status, « retry », or an empty word: no network. */
const toutEnvoyer = async () => {
  let panne;
  clearTimeout(minuteur);
  try {
    fermes = [];
    do encore = false; while ((await unLot()) || encore); // sealed while a send was under way: it leaves now
    attente = 0;
  } catch (e) { panne = e.message; attente = Math.min(300, attente * 2 || 2); }
  await apres(panne);
  reessayer(); // last: a retry that comes while this one still holds the lock would be for nothing
};
const reessayer = () => {
  clearTimeout(minuteur);
  if (attente || encore) minuteur = setTimeout(envoyer, (attente || 2) * (700 + Math.random() * 600));
};
/* Refused while another send holds the lock, even one that ends: it comes again, or this page would wait a minute. */
export const envoyer = () =>
  navigator.locks ? navigator.locks.request("voix-envoi", { ifAvailable: true }, (v) => (v ? toutEnvoyer() : reessayer((encore = true)))) : toutEnvoyer();
/* By the server's clock: a device that believes itself in 2099 would throw all of it away. Seven days. */
const vider = async (ici) => {
  const vieilles = (await tous("corbeille")).filter((e) => ici - e.le > 6048e5);
  if (vieilles.length) await transaction(["corbeille"], "readwrite", (t) => { for (const e of vieilles) t.objectStore("corbeille").delete(e.id); });
};

/* --- keeping the pages for when there is no network ----------------------------------------- */
export const garder = async (adresses) => {
  const recues = await Promise.all(adresses.map((a) => fetch(a + "?frais", { cache: "no-cache", credentials: "omit" })));
  if (!recues.every((r) => r.status === 200 && r.headers.get("X-Voix") === "1")) throw new Error();
  ecart = Date.parse(recues[0].headers.get("Date")) - Date.now();
  const cache = await caches.open("voix"); // all of them were received: now they replace the old ones
  await Promise.all(recues.map((r, n) => cache.put(adresses[n], r)));
};

/* --- for the pages -------------------------------------------------------------------------- */
export { b64, ecrire, lire, nu, octets, transaction, utf8 };
export const file = () => tous("file");
export const corbeille = () => tous("corbeille");
export const effacer = (k) => transaction(["kv"], "readwrite", (t) => { t.objectStore("kv").delete(k); });
/* The draft goes in the same transaction: nothing is « pending » twice, nothing is lost between. */
export const mettreEnFile = (enveloppe, brouillon) =>
  transaction(["file", "kv"], "readwrite", (t) => {
    t.objectStore("file").put(enveloppe);
    t.objectStore("kv").delete(brouillon);
    t.objectStore("kv").put(enveloppe.lien, "lien"); // whom to ask, later, whether something must be sent again
  });
export const suivre = (dessiner) => {
  apres = dessiner;
  addEventListener("online", envoyer);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && envoyer());
  setInterval(() => attente || envoyer(), 60000); // after a failure, the next time is drawn in toutEnvoyer
};
