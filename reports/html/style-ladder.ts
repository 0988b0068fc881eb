/**
 * How a ladder is drawn. An item of class `p1` belongs to the second lifeline; `w0` says that the first one waits
 * meanwhile, `z0` that it does not live yet or any more. Two processes on a wide screen face each other; otherwise all
 * lifelines stand at the left and the calls beside them.
 */

const lanes = [0, 1, 2, 3, 4, 5, 6, 7]

/** Each lifeline is two layers: the thin line, and the thick bar of a process inside a call. */
const railLayers = lanes
  .map(
    (i) =>
      `var(--b${i}) calc(${i}*var(--gap) + .5*var(--gap) - 3px) 0/6px 100% no-repeat,linear-gradient(var(--c${i}) 0 0) calc(${i}*var(--gap) + .5*var(--gap) - 1px) 0/2px 100% no-repeat`,
  )
  .join(',')

const perLane = lanes
  .map(
    (i) => `
.n${i + 1} li{--n:${i + 1};${lanes.map((k) => `--c${k}:${k <= i ? 'var(--rail)' : 'transparent'}`).join(';')}}
.l .w${i}{--b${i}:linear-gradient(var(--hold) 0 0)}
.l .z${i}{--c${i}:transparent}
.l .p${i}{--x:calc(${i}*var(--gap) + .5*var(--gap))}
.l .p${i}.B{--b${i}:linear-gradient(transparent .8rem,var(--hold) 0)}
.l .p${i}.R{--b${i}:linear-gradient(var(--hold) .8rem,transparent 0)}`,
  )
  .join('')

export const ladderStyle = `
.l{--gap:1rem;margin-top:1rem;font:.8125rem/1.6 var(--code)}
.l li{${lanes.map((i) => `--b${i}:none`).join(';')};position:relative;padding:.1rem 0 .1rem calc(var(--n)*var(--gap) + 3.6rem);overflow-wrap:anywhere;background:${railLayers}}
${perLane}
.l li::after{content:"";position:absolute;left:calc(var(--x) - 4px);top:calc(.75rem - 4px);width:8px;height:8px;border-radius:50%;background:var(--ink);box-shadow:0 0 0 2px var(--card)}
.l .B::after{background:var(--card);border:2px solid var(--ink)}
.l .E::after{border-radius:1px;background:var(--soft)}
.l i{position:absolute;left:calc(var(--n)*var(--gap));width:2.9rem;text-align:right;font-style:normal;color:var(--soft);font-size:.75rem;line-height:1.3rem}
.l u{display:block;text-decoration:none;font-weight:650;font-family:var(--text);line-height:1.35rem}
.l li:has(u)::after{top:calc(.75rem - 4px)}
.l b{font-weight:650}
.l .e{color:var(--fail)}
.l em{font-style:italic;color:var(--soft);font-family:var(--text)}
.l .gap{padding:.6rem 0;text-align:center;color:var(--soft);font-family:var(--text);background:none}
.l .gap::after,.l .h{display:none}
@media (max-width:44rem){.n4,.n5,.n6,.n7,.n8{--gap:.65rem}}
@media (min-width:56rem){
  .l li{padding-left:calc(var(--n)*var(--gap) + 13.4rem)}
  .l i{width:4.2rem}
  .l u{position:absolute;left:calc(var(--n)*var(--gap) + 5.2rem);width:7.8rem;line-height:1.3rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
  .n2 li{--left:calc(50% - 5rem);--right:calc(50% + 5rem);padding-left:0;min-height:1.6rem;background:
    var(--b0) var(--left) 0/6px 100% no-repeat,linear-gradient(var(--c0) 0 0) var(--left) 0/2px 100% no-repeat,
    var(--b1) var(--right) 0/6px 100% no-repeat,linear-gradient(var(--c1) 0 0) var(--right) 0/2px 100% no-repeat}
  .n2 .p0{padding-right:calc(50% + 6rem);text-align:right;--x:calc(50% - 5rem)}
  .n2 .p1{padding-left:calc(50% + 6rem);--x:calc(50% + 5rem)}
  .n2 u{display:none}
  .n2 i{left:calc(50% - 2.6rem);width:5.2rem;text-align:center}
  .n2 .h{display:block;height:1.9rem;font-family:var(--text);background:none}
  .n2 .h::after{display:none}
  .n2 .h b{position:absolute;right:calc(50% + 5rem);transform:translateX(50%)}
  .n2 .h b+b{right:auto;left:calc(50% + 5rem);transform:translateX(-50%)}
  .n2 .k0.p1::before,.n2 .k1.p0::before{content:"";position:absolute;left:calc(50% - 5rem);width:calc(10rem - 7px);top:calc(.75rem - 4px);height:8px;background:linear-gradient(var(--hold) 0 0) 0 50%/calc(100% - 6px) 2px no-repeat,conic-gradient(from 235deg at 100% 50%,var(--hold) 70deg,transparent 0) 100% 50%/8px 8px no-repeat}
  .n2 .k1.p0::before{left:calc(50% - 5rem + 7px);transform:scaleX(-1)}
  .n2 .k0 i,.n2 .k1 i{background:var(--card);width:auto;padding:0 .4rem;left:50%;transform:translateX(-50%)}
}
`
