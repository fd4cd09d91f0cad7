/* The facilitator's code of four digits: the device keeps only what checks it. */
import { b64, octets, utf8 } from "./coffre.js";

const derive = async (code, sel) => b64(await crypto.subtle.deriveBits(
  { name: "PBKDF2", hash: "SHA-256", salt: octets(sel), iterations: 100000 },
  await crypto.subtle.importKey("raw", utf8(code), "PBKDF2", false, ["deriveBits"]), 256));
export const nouveauSel = async (code) => {
  const sel = b64(crypto.getRandomValues(new Uint8Array(16)));
  return { sel, empreinte: await derive(code, sel) };
};
export const verifierCode = async (code, garde) => (await derive(code, garde.sel)) === garde.empreinte;
