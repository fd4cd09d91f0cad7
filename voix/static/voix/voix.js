(function(d){var f=d.querySelector("form[method=post]"),s=0;
if(f){f.addEventListener("submit",function(e){if(s)return e.preventDefault();s=1;var b=f.querySelector("[type=submit]");if(b)b.setAttribute("aria-disabled","true")});
f.addEventListener("change",function(e){var t=e.target;if(t.type!="checkbox"||!t.checked)return;[].forEach.call(f.elements,function(o){if(o!=t&&o.name==t.name&&(t.hasAttribute("data-seul")||o.hasAttribute("data-seul")))o.checked=false})})}
addEventListener("pageshow",function(){s=0});
var S=window.speechSynthesis,p=d.getElementById("ecouter");if(!S||!p)return;
function v(l){return S.getVoices().filter(function(x){return x.lang.slice(0,2)==l})[0]}
function m(){p.hidden=!v(d.documentElement.lang)}m();S.onvoiceschanged=m;
p.onclick=function(){if(S.speaking)return S.cancel();[].forEach.call(d.querySelectorAll("main h1,main .aide,main .err,main label"),function(n){var u=new SpeechSynthesisUtterance(n.textContent),l=d.documentElement.lang;u.lang=l;u.voice=v(l);u.rate=.9;S.speak(u)})};
addEventListener("pagehide",function(){S.cancel()})})(document);
