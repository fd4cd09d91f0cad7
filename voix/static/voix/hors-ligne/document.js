/* The document of a questionnaire: one page shown at a time, everything else is in coffre.js. */
import { chemin, chiffrer, chiffres, dechiffrer, ecrire, effacer, envoyer, file, garder, juger, lire, lu, mettreEnFile, nouveauCode, REFUS, sceller, suivre, uuid } from "./coffre.js";

const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const plan = JSON.parse($("#plan").textContent), m = plan.m, f = $("#f"), racine = document.documentElement;
const sections = {};
/* What is not sent because it can be made again: a name for each page, and of each choice its name, its
   identifier and what its label and its help belong to. The page of the wizard says the same. */
$$("[data-page]").forEach((s, n) => {
  const p = plan.pages[n], groupes = $$("fieldset", s);
  sections[p.c = String(n)] = s;
  for (const { c, t } of p.champs) if (/^un|^pl/.test(t)) {
    const g = groupes.shift(), aide = $(":scope>.aide", g);
    if (aide) g.setAttribute("aria-describedby", (aide.id = `id_${c}_helptext`));
    $$(":scope>.o", g).forEach(({ firstChild: e, lastChild: l }, rang) => {
      e.name = c;
      e.id = l.htmlFor = `id_${c}_${rang}`;
    });
  }
});
const dire = (modele, mots) => modele.replace(/%\((\w+)\)[sd]/g, (_, n) => mots[n]);
const nommes = (n) => $$(`[name="${n}"]`, f);
let partage, etat, verrou, sursis, occupe = false, quitte = false, dit = "";

/* --- reading the form ----------------------------------------------------------------------- */
const valeur = (ch) => {
  const coches = nommes(ch.c).filter((e) => e.checked).map((e) => e.value);
  const autre = nommes(ch.c + ".precision").some((e) => e.value.trim()) ? ch.autre : undefined;
  if (ch.t === "un") return coches[0] ?? autre;
  if (ch.t === "plusieurs") {
    if (autre && !coches.includes(autre) && !nommes(ch.c).some((e) => e.checked && "seul" in e.dataset)) coches.push(autre);
    return coches.length ? (coches[0] === REFUS ? REFUS : coches) : undefined;
  }
  if (ch.t === "rien") return undefined;
  if (nommes(ch.c + ".pnr").some((e) => e.checked)) return REFUS;
  const saisi = nommes(ch.c)[0].value.trim();
  return saisi === "" ? undefined : ch.t === "nombre" ? Number(chiffres(saisi)) : saisi;
};
const bruts = (pages) => {
  const lus = {};
  for (const p of pages) for (const e of $$("[name]", sections[p.c])) {
    const compte = /radio|checkbox/.test(e.type) ? e.checked : e.value.trim() !== "";
    if (compte) (lus[e.name] ||= []).push(e.value);
  }
  return lus;
};
const remplir = (lus) => {
  for (const e of $$("[name]", f)) {
    const v = lus[e.name] || [];
    if (/radio|checkbox/.test(e.type)) e.checked = v.includes(e.value);
    else e.value = v[0] || "";
  }
};
const enMots = (p) => p.champs.flatMap((ch) => {
  const coches = $$(":checked", sections[p.c]).map((e) => e.labels[0].textContent.trim());
  const saisis = $$("input[type=text],textarea", sections[p.c]).map((e) => e.value.trim()).filter((s) => s);
  return ch.t === "rien" ? [] : [...coches, ...saisis.map((s) => lu(ch, s, plan.l))];
});

/* --- what is wrong, said as the server says it ---------------------------------------------- */
const fautes = (p) => {
  const lues = [];
  for (const ch of p.champs) for (const regle of [ch, plan.precision]) {
    const [e] = nommes(ch.c + (regle === ch ? "" : ".precision"));
    if (!e || !regle.m) continue;
    const faute = valeur(ch) === REFUS && e.value.trim() ? [] : juger(regle, e.value);
    if (faute) lues.push([e, dire(regle.m[faute[0]] || m.refus, { nombre: faute[1] })]);
  }
  return lues;
};
const montrerFautes = (lues) => {
  for (const e of $$("[aria-invalid]", f)) {
    e.closest(".q").classList.remove("faux");
    e.removeAttribute("aria-invalid");
  }
  const liste = $("#err ul");
  liste.textContent = "";
  for (const [e, message] of lues) {
    const a = document.createElement("a");
    a.href = "#" + e.id;
    a.textContent = message;
    a.onclick = (x) => { x.preventDefault(); e.focus(); };
    liste.appendChild(document.createElement("li")).append(a);
    e.closest(".q").classList.add("faux");
    e.setAttribute("aria-invalid", true);
  }
  $("#err").hidden = !lues.length;
  if (lues.length) $("#err").focus();
  return lues.length > 0;
};

/* --- one page at a time --------------------------------------------------------------------- */
const chemin_ = () => chemin(plan.pages, Object.fromEntries(plan.pages.flatMap((p) => p.champs.map((ch) => [ch.c, valeur(ch)]))))[0];
const ici = () => chemin_()[etat.rang];
const enFaute = () => ici() && montrerFautes(fautes(ici()));
const auDebut = () => !etat.rang && !etat.retour;
const titre = (p) => $("h1", sections[p.c]).textContent.trim();
const nommer = (mots) => { document.title = partage ? plan.titre : mots; }; // titles stay in the history, and on the disk
const voir = (quoi) => {
  for (const id of ["accueil", "f", "fin"]) $("#" + id).hidden = id !== quoi;
  for (const e of $$("nav")) e.hidden = quoi === "fin"; // elsewhere the code to erase would be gone
  $("#animer").hidden = !partage || quoi !== "accueil";
  $("#etat").textContent = dit;
  scrollTo(0, 0);
};
const montrer = () => {
  const vues = chemin_();
  etat.rang = Math.min(etat.rang, vues.length);
  const ici = vues[etat.rang];
  for (const [code, s] of Object.entries(sections)) s.hidden = code !== ici?.c;
  $("#bilan").hidden = !!ici;
  montrerFautes([]);
  voir("f");
  const posees = vues.filter((p) => p.champs.some((ch) => ch.t !== "rien")), n = posees.indexOf(ici) + 1;
  $("#rang").textContent = n ? dire(m.rang, { rang: n }) + (ici.flou ? "" : dire(m.total, { total: posees.length })) : "";
  $("#suite").textContent = ici ? m.continuer : m.envoyer;
  $("#suite").hidden = false;
  $("#passer").hidden = !ici;
  $("#avant").hidden = partage && !plan.carte && auDebut(); // « Commencer » would show the next person what this one ticked
  nommer(ici ? titre(ici) : m.verifiez);
  if (!ici) resumer(vues);
  const h = $("h1", ici ? sections[ici.c] : $("#bilan"));
  h.tabIndex = -1;
  h.focus({ preventScroll: true });
};
const resumer = (vues) => {
  const dl = $("#bilan dl");
  dl.textContent = "";
  etat.vues = vues.map((p) => p.c);
  let reponses = 0;
  vues.forEach((p, rang) => {
    if (p.champs.every((ch) => ch.t === "rien")) return;
    const ligne = dl.appendChild(document.createElement("div")), mots = enMots(p);
    reponses += mots.length;
    ligne.appendChild(document.createElement("dt")).textContent = titre(p);
    const dd = ligne.appendChild(document.createElement("dd"));
    for (const mot of mots.length ? mots : [m.pas_de_reponse]) dd.appendChild(document.createElement("bdi")).textContent = mot, dd.append(document.createElement("br"));
    const b = ligne.appendChild(document.createElement("dd")).appendChild(document.createElement("button"));
    b.type = "button";
    b.className = "second";
    b.textContent = m.changer;
    b.setAttribute("aria-label", `${m.changer} : ${titre(p)}`);
    b.onclick = () => { etat.rang = rang; etat.retour = true; montrer(); };
  });
  $("#vide").hidden = reponses > 0;
  $("#suite").hidden = !reponses;
};
const avancer = () => {
  const vues = chemin_();
  if (!etat.retour) etat.rang++;
  else {
    const neuve = vues.findIndex((p, n) => n > etat.rang && !etat.vues.includes(p.c) && !enMots(p).length);
    etat.rang = neuve < 0 ? vues.length : neuve;
    if (neuve < 0) etat.retour = false;
  }
  montrer();
};
const commencer = () => {
  f.reset();
  remplir({});
  for (const e of $$("#bilan dl, #err ul")) e.textContent = ""; // the summary repeats what was answered
  $("#piege").value = "";
  etat = { id: uuid(), depuis: Date.now(), rang: 0, vues: [], retour: false };
};
const recommencer = async () => {
  commencer();
  $("#code").textContent = "";
  voir("accueil");
  cacherInactif();
  nommer(plan.titre);
  await effacer("brouillon:" + plan.j).catch(() => {});
  $("#accueil h1").focus();
};
const enFile = async (contenu) => {
  const scellee = await sceller(etat.id, plan, { langue: plan.l, lien: plan.j, carte: ($("#carte") || {}).value, ...contenu });
  await mettreEnFile({ ...scellee, lien: plan.j }, "brouillon:" + plan.j);
  return scellee.id;
};
/* Left in silence: erased, unless the first screen said that it is kept. A page with a fault is left out. */
const laisser = async () => {
  const champs = bruts(chemin_().filter((p) => !fautes(p).length));
  if (plan.incompletes && Object.keys(champs).length) await enFile({ champs, signes: ["incomplete"] }).catch(() => {});
  recommencer();
  envoyer(); // nobody is there to look: it leaves behind the page of the next person
};
const finir = async () => {
  const vues = chemin_(), code = nouveauCode();
  const champs = bruts(vues), signes = [];
  if ($("#piege").value) signes.push("piege"); // flagged, never refused
  if (Date.now() - etat.depuis < 3000 * Object.keys(champs).length) signes.push("vite");
  const mien = await enFile({ champs, code, signes });
  commencer();
  $("#code").textContent = code;
  $("#envoi").textContent = m.gardees;
  voir("fin");
  nommer(m.merci);
  $("#fin h1").focus();
  laisserLe("fin");
  envoyer().then(async () => { if (!(await file()).some((e) => e.id === mien)) $("#envoi").textContent = m.envoyees; }).catch(() => {});
};
f.addEventListener("submit", async (e) => {
  e.preventDefault();
  if (occupe || enFaute()) return;
  if (ici()) { avancer(); return garderBrouillon(); }
  occupe = true;
  try { await finir(); } catch (x) {
    racine.dataset.erreur = x.name; // quota, broken store: the answers stay on the screen
    $("#etat").textContent = m.plein;
    $("#etat").scrollIntoView();
  } finally { occupe = false; }
});
f.addEventListener("change", (e) => {
  const t = e.target;
  if (t.type === "checkbox" && t.checked) for (const o of nommes(t.name)) if (o !== t && ("seul" in t.dataset || "seul" in o.dataset)) o.checked = false;
});
$("#avant").onclick = () => {
  if (etat.retour) { if (enFaute()) return; etat.retour = false; etat.rang = Infinity; return montrer(); }
  if (etat.rang === 0) return voir("accueil");
  etat.rang--;
  montrer();
};
$("#commencer").onclick = () => { etat.depuis = Date.now(); montrer(); retenir(); };
for (const b of $$("[data-recommencer]")) b.onclick = recommencer;

/* --- draft: on one's own phone only, 24 hours, never on a shared device --------------------- */
const garderBrouillon = async () => {
  if (partage || !verrou || !$("#garder").checked) return;
  try {
    const ferme = await chiffrer({ champs: bruts(plan.pages), rang: etat.rang, id: etat.id });
    await ecrire("brouillon:" + plan.j, { v: plan.v, ...ferme, le: Date.now() });
  } catch (x) { racine.dataset.erreur = x.name; }
};
const reprendreBrouillon = async () => {
  const b = await lire("brouillon:" + plan.j), cle = await lire("cle");
  if (!b || !cle || b.v !== plan.v || Date.now() - b.le > 864e5) return b && effacer("brouillon:" + plan.j);
  const d = await dechiffrer(b);
  remplir(d.champs);
  etat.id = d.id;
  etat.rang = d.rang;
  etat.depuis = 0; // begun before: no clock
  racine.dataset.repris = 1;
  montrer();
};
$("#garder").onchange = (e) => { if (!e.target.checked) effacer("brouillon:" + plan.j); };

/* --- a shared device: nothing of one person stays for the next ------------------------------ */
const minuteurs = {};
/* One entry of history while somebody answers, the same for all: Back then does what « Retour » does. */
const retenir = () => { if (partage && !history.state) history.pushState(1, ""); };
addEventListener("popstate", () => { if (!f.hidden) { if (!auDebut()) $("#avant").click(); retenir(); } });
addEventListener("beforeunload", (e) => { if (partage && !f.hidden && !quitte) e.preventDefault(); });
const cacherInactif = () => { clearInterval(minuteurs.compte); $("#inactif").hidden = true; $("#m").hidden = false; veiller(); };
const veiller = () => {
  clearTimeout(minuteurs.inactif);
  const fini = !$("#fin").hidden;
  if (partage) minuteurs.inactif = setTimeout(fini ? recommencer : demanderSiLa, plan.delais[fini ? sursis : "inactif"] * 1000);
};
const laisserLe = (temps) => { $("#sursis").textContent = m[sursis = temps]; veiller(); };
$("#plus").onclick = () => laisserLe("plus");
const demanderSiLa = () => {
  if (f.hidden) {
    if (!$("#accueil").hidden) commencer(); // went back to the welcome, then left
    return veiller();
  }
  let reste = plan.delais.reste;
  const compter = () => { $("#reste").textContent = reste; if (!reste--) laisser(); };
  $("#inactif").hidden = false;
  $("#m").hidden = true;
  compter();
  minuteurs.compte = setInterval(compter, 1000);
  $("#la").focus();
};
$("#la").onclick = () => { cacherInactif(); $("#suite").focus(); };
for (const quoi of ["pointerdown", "keydown", "input"]) addEventListener(quoi, () => { if ($("#inactif").hidden) veiller(); });
addEventListener("pagehide", () => { if (partage) { commencer(); voir("accueil"); } });
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

/* --- from one language to the next: in the memory of the service worker, which gives it once ---- */
const relayeur = () => (navigator.serviceWorker || {}).controller;
for (const a of $$("nav a")) a.onclick = (e) => {
  if (f.hidden || !relayeur()) return; // one's own phone keeps a draft, a shared one asks before it leaves
  e.preventDefault();
  relayeur().postMessage({ ...etat, v: plan.v, champs: bruts(plan.pages), carte: ($("#carte") || {}).value, garder: $("#garder").checked });
  quitte = true;
  location.replace(a.href + "#l");
};
const continuer = async () => {
  history.replaceState(null, "", location.pathname);
  const d = await new Promise((ok) => {
    navigator.serviceWorker.onmessage = (e) => ok(e.data);
    relayeur().postMessage(0);
    setTimeout(ok, 1000);
  });
  if (!d || d.v !== plan.v) return;
  if ($("#carte")) $("#carte").value = d.carte;
  $("#garder").checked = d.garder;
  remplir(d.champs);
  Object.assign(etat, d);
  racine.dataset.repris = 1;
  montrer();
  retenir();
  await garderBrouillon();
};

/* --- from here to page by page, and back: same identifier, the server keeps the draft between --- */
const relayer = (id, options) => fetch(`/r/${plan.j}/${id}/?langue=${plan.l}`, { cache: "no-store", credentials: "same-origin", ...options })
  .then((r) => (r.ok ? r.json() : Promise.reject()));
$("#relais").onclick = async () => {
  if (!f.hidden && enFaute()) return;
  try {
    const { suite } = await relayer(etat.id, { method: "POST", body: new URLSearchParams(new FormData(f)) });
    await effacer("brouillon:" + plan.j); // the server has it: one draft, in one place
    location.href = suite;
  } catch (x) { $("#etat").textContent = m.sans_reseau; }
};
const recevoir = async (id) => {
  history.replaceState(null, "", location.pathname); // who reads this address could read the draft
  const d = await relayer(id);
  remplir(d.champs);
  etat.id = d.id; // its own name for it: that of the pages is the database's
  etat.rang = etat.depuis = 0;
  for (const p of chemin_()) { if (!enMots(p).length && p.champs.some((ch) => ch.t !== "rien")) break; etat.rang++; }
  racine.dataset.repris = 1;
  montrer();
  await garderBrouillon();
};

/* --- what waits: on a shared device that is the facilitator's affair (animer.js) ------------- */
const dessiner = async () => {
  let l, retiree;
  try { l = await file(); retiree = plan.retiree || (await lire("retiree:" + plan.j)) === plan.v; } catch (x) { $("#etat").textContent = m.impossible; racine.dataset.attente = -1; return; }
  const refusees = l.filter((e) => e.refus).length, n = l.length - refusees;
  racine.dataset.attente = n;
  const attente = n === 1 ? m.attente_1 : n ? dire(m.attente_n, { n }) : "", refus = refusees ? dire(m.refusees, { n: refusees }) : "";
  const neuf = [retiree ? m.retiree : "", ...(partage ? [] : [attente, refus])].join(" ").trim();
  if (neuf !== dit) $("#etat").textContent = dit = neuf; // nothing new: a full store stays told
  $("#commencer").hidden = retiree; // nobody new: whoever has begun ends
};
$("#animer").onclick = (e) => { e.preventDefault(); location.replace(`${e.target.href}#${plan.l}`); };

/* --- keeping the pages for when there is no network ----------------------------------------- */
const verrouiller = () => new Promise((ok) => {
  if (!navigator.locks) return ok(false); // no lock: nothing is resumed, so no two tabs share an identifier
  // A page that is being left frees its lock a moment later: one second is waited for it.
  const trop_long = new AbortController(), delai = setTimeout(() => trop_long.abort(), 1000);
  navigator.locks.request("voix:" + plan.j, { signal: trop_long.signal }, () => { clearTimeout(delai); ok(true); return new Promise(() => {}); }).catch(() => ok(null));
});

const demarrer = async () => {
  $("#secours").hidden = true;
  commencer();
  partage = await lire("partage:" + plan.j).catch(() => true) || plan.carte || document.cookie.includes("commun"); // cards are for whoever comes next, too
  racine.dataset.partage = partage ? 1 : 0;
  if (partage) { f.spellcheck = false; f.setAttribute("autocorrect", "off"); } // keyboards learn words
  $("#garder").closest("p").hidden = $("#relais").hidden = !!partage;
  for (const e of $$("[data-si-partage]")) e.hidden = !partage;
  verrou = await verrouiller();
  if (verrou === null) { $("#etat").textContent = m.double; $("#commencer").hidden = true; racine.dataset.double = 1; return; }
  suivre(dessiner);
  $("#commencer").hidden = false;
  voir("accueil");
  const relais = /^#r=([0-9a-f-]{36})$/.exec(location.hash);
  if (!partage && relais) await recevoir(relais[1]).catch(() => { $("#etat").textContent = m.sans_reseau; });
  else {
    const noter = (x) => { racine.dataset.erreur = x.name; };
    if (location.hash === "#l") await continuer().catch(noter);
    if (!partage && verrou && !racine.dataset.repris) await reprendreBrouillon().catch(noter);
  }
  if (location.hash === "#c") {
    // The welcome page has been read already, before « Commencer ».
    history.replaceState(null, "", location.pathname);
    if (!racine.dataset.repris) montrer();
  }
  veiller();
  await dessiner();
  envoyer();
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/o/sw.js", { scope: "/o/" });
  await navigator.serviceWorker.ready;
  await garder(partage ? [...plan.garder, ...plan.animer] : plan.garder).catch(() => {});
  racine.dataset.pret = (await caches.match(location.pathname)) ? 1 : 0;
};
demarrer();
