/** The only place where text becomes elements: one Trusted Types policy, shared with htmx. */
import htmx from './htmx.js';

/** Which parts of a fetched page take the place of the present ones. */
const PAGE = { target: '#main', select: '#main', selectOOB: '#heading,#tools,#nav', swap: 'outerHTML show:none' };

/** The server sends no script inside a page; a page that holds one is not from this server. */
function createHTML(html) {
    if (!/^<head[\s>]/i.test(html) && /<script[\s>/]/i.test(html)) throw new TypeError('markup with a script refused');
    return html;
}

function createScript() {
    throw new TypeError('script refused');
}

const rules = { createHTML, createScript };
const policy = globalThis.trustedTypes?.createPolicy('htmx', rules) ?? rules;

/** Stands in for `Function`: nothing that comes as text is ever run. */
class Deny {
    constructor() {
        throw new EvalError('code from text refused');
    }
}

htmx.registerExtension('trusted-types', { init: api => api.initSecurity(policy, Deny, Deny) });

/** The elements that this markup describes, not yet in the page. */
export function elements(markup) {
    const template = document.createElement('template');
    template.innerHTML = policy.createHTML(markup);
    return [...template.content.children];
}

/** Makes `target` what `markup` says and keeps what is the same: focus, selection, scroll position. */
export function morph(target, markup) {
    return htmx.swap({ text: markup, target, swap: 'outerMorph', sourceElement: target });
}

/** Goes to another page of the dashboard without leaving the document. */
export function navigate(href, { push = true } = {}) {
    return htmx.ajax('GET', href, { ...PAGE, push: push ? href : 'false' });
}

/** Asks the server and puts the answer into an element of the page; the server is told which. */
export function ask(method, href, target, { headers, ...options }) {
    const name = `${target.tagName.toLowerCase()}#${target.id}`;
    return htmx.ajax(method, href, { target, ...options, headers: { 'HX-Target': name, ...headers } });
}

/** Fetches the present address again. */
export function reload() {
    return navigate(location.pathname + location.search, { push: false });
}
