// The browser that looks at pages: an installed Chromium, never one that is downloaded.
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where it is, or undefined if none is installed; the variable CHROMIUM names another. */
export const chromiumHere = () =>
  [process.env.CHROMIUM, ...places].find((file) => file !== undefined && existsSync(file))

/** It asks for nothing from the network by itself. */
export const chromiumWords = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser for as long as the work takes. @template T
 * @param {string} executablePath
 * @param {(browser: import('playwright-core').Browser) => Promise<T>} work */
export async function inBrowser(executablePath, work) {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: chromiumWords })
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}
