/** How the matrix and the tables of figures are drawn. On a narrow screen the matrix becomes a list of chips. */

export const tableStyle = `
.matrices{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:2rem;margin-top:1.5rem;align-items:start}
table{border-collapse:collapse}
caption{text-align:left;font-weight:650;padding-bottom:.5rem}
.matrix{width:100%;font-size:.8125rem}
.matrix th{font-weight:400;text-align:left}
.matrix thead th{position:sticky;top:2.8rem;z-index:1;background:var(--paper);vertical-align:bottom;color:var(--soft);padding-bottom:.4rem}
.matrix thead span{writing-mode:vertical-rl;transform:rotate(180deg);display:block;margin:0 auto;line-height:1}
.matrix tbody th{font-family:var(--code);padding-right:.6rem;overflow-wrap:anywhere;max-width:14rem;line-height:1.25}
.matrix td{padding:1px;text-align:center}
.matrix a{white-space:nowrap;letter-spacing:-.02em;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:.15rem;min-height:2.5rem;min-width:1.7rem;border-radius:.3rem;color:var(--c);text-decoration:none;line-height:1;background:color-mix(in srgb,var(--c) var(--shade),var(--card))}
.matrix a::before{margin:0}
.matrix a:hover{outline:2px solid var(--c)}
.matrix .is-news{box-shadow:inset 0 0 0 2px var(--c);font-weight:650}
.matrix .family th{font-family:var(--text);font-weight:600;color:var(--soft);padding:.7rem 0 .2rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.75rem;margin-top:1.25rem;font-size:.8125rem;color:var(--soft)}
.scroll{overflow-x:auto;margin-top:1rem}
.note{margin-top:.4rem;font-size:.9375rem}
.figures{width:100%;font-size:.875rem;white-space:nowrap;border-collapse:separate;border-spacing:0}
.figures th,.figures td{padding:.32rem .5rem;text-align:right}
.figures thead th{font-weight:600;vertical-align:bottom;padding-bottom:.6rem;border-bottom:1px solid var(--rail);line-height:1.35;white-space:normal;min-width:4.6rem}
.figures thead span{display:block;font-weight:400;font-size:.75rem;color:var(--soft)}
.figures th:first-child{text-align:left;padding-left:0;position:sticky;left:0;background:var(--paper)}
.figures td:last-child,.figures thead th:last-child{padding-right:0}
.figures tbody th{font-weight:400;font-family:var(--code);font-size:.8125rem}
.figures .condition th{font:650 .9375rem var(--text);padding-top:1.5rem}
.figures .condition span{font-weight:400;color:var(--soft)}
.figures .condition b+span{margin-left:.6em}
.figures tr:nth-child(n+3)>*{border-top:1px solid var(--line)}
.figures .best td:nth-of-type(2){font-weight:650}
.figures td[aria-hidden]{min-width:6.6rem}
.figures svg{display:block;width:6rem;height:10px}
.figures rect{y:2px;height:6px;fill:color-mix(in srgb,var(--accent) 30%,var(--paper))}
.figures path{stroke:var(--accent);stroke-width:2;fill:none}
.figures tbody th a{color:inherit;text-decoration:none}
.figures tbody th a:is(:hover,:focus-visible){color:var(--accent);text-decoration:underline}
.figures tr:target>*{background:color-mix(in srgb,var(--accent) 14%,var(--paper))}
.figures thead button{all:unset;box-sizing:border-box;display:block;width:100%;cursor:pointer;border-radius:2px}
.figures thead button:hover{color:var(--accent)}
.figures thead button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.figures th[aria-sort]{border-bottom-color:var(--accent);box-shadow:0 1px var(--accent)}
.figures th[aria-sort] button::before{content:"";display:inline-block;width:.55em;height:.45em;margin-right:.35em;background:var(--accent);clip-path:polygon(50% 0,100% 100%,0 100%)}
.figures th[aria-sort=descending] button::before{transform:scaleY(-1)}
.contents{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-top:1rem}
.lost{margin-top:1.5rem}
@media (max-width:44rem){
  .figures .plot,.figures td[aria-hidden]{display:none}
  .matrix.is-long{display:none}
  .matrix thead,.matrix thead th{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
  .matrix,.matrix tbody,.matrix tr,.matrix tbody th{display:block;max-width:none}
  .matrix tr{padding:.7rem 0;border-top:1px solid var(--line)}
  .matrix td{display:inline-block;padding:2px}
  .matrix td:empty{display:none}
  .matrix a{flex-direction:row;gap:.4rem;padding:0 .6rem;min-height:2.1rem}
  .matrix a::after{content:attr(data-t);order:-1}
}
`
