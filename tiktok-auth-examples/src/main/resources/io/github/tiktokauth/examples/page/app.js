'use strict';

const API = '/api/v1/tiktok';
const byId = (id) => document.getElementById(id);
const PANELS = ['loading', 'failed', 'not-connected', 'connected'];

// The sign-in here would be unknown where TikTok sends the browser back to.
if (document.body.dataset.home) {
  location.replace(document.body.dataset.home);
}

function show(panel) {
  for (const id of PANELS) {
    byId(id).hidden = id !== panel;
  }
}

function notice(kind, text) {
  const note = document.createElement('p');
  note.className = 'notice ' + kind;
  note.textContent = text;
  byId('notices').replaceChildren(note);
  note.scrollIntoView({ block: 'nearest' });
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
}

async function call(method, path, body) {
  const request = { method, headers: { Accept: 'application/json' } };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(API + path, request);
  } catch (e) {
    throw new Error('this app does not answer; is it still running?');
  }
  const answer = await response.json();
  if (response.status === 401) {
    location.reload();
  }
  if (!response.ok) {
    throw new Error(answer.message);
  }
  return answer;
}

const STEPS = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function relative(date) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) || STEPS[STEPS.length - 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

function moment(id, iso) {
  if (!iso) {
    byId(id).textContent = '–';
    return;
  }
  const date = new Date(iso);
  const time = document.createElement('time');
  time.dateTime = iso;
  time.textContent = date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const distance = document.createElement('span');
  distance.className = 'quiet';
  distance.textContent = relative(date);
  byId(id).replaceChildren(time, distance);
}

async function load() {
  const status = await call('GET', '/auth/status');
  if (!status.isConnected) {
    byId('products').hidden = true;
    show('not-connected');
    return;
  }
  const [shop, details] = await Promise.all([call('GET', '/shop/info'), call('GET', '/auth/details')]);
  byId('shop-name').textContent = shop.shopName || 'Your shop';
  byId('shop-id').textContent = shop.shopId;
  byId('region').textContent = shop.region || '–';
  moment('created', shop.createdAt);
  moment('updated', shop.updatedAt);
  moment('token-end', details.accessTokenExpiresAt);
  moment('authorization-end', details.authorizationEndsAt);
  const again = Boolean(details.reauthorizationReason);
  byId('reauthorize').hidden = !again;
  byId('state').textContent = again ? 'Authorization needed' : 'Connected';
  byId('state').parentElement.classList.toggle('calm', again);
  show('connected');
}

async function reload() {
  try {
    await load();
  } catch (e) {
    byId('failed-text').textContent = sentence(e.message);
    show('failed');
  }
}

async function connect() {
  const consent = await call('POST', '/auth/initiate', {});
  location.assign(consent.authUrl);
}

async function refresh() {
  try {
    const answer = await call('POST', '/auth/refresh');
    notice('good', sentence(answer.message));
  } finally {
    await reload();
  }
}

function product(item) {
  const title = document.createElement('span');
  title.className = 'title';
  title.textContent = item.title || 'Untitled';
  const id = document.createElement('span');
  id.className = 'quiet number';
  id.textContent = item.id || '';
  title.append(id);
  const status = document.createElement('span');
  status.className = 'status';
  status.textContent = (item.status || '').toLowerCase().replaceAll('_', ' ');
  const row = document.createElement('li');
  row.append(title, status);
  return row;
}

async function showProducts() {
  const { products } = await call('GET', '/shop/products');
  byId('count').textContent = products.length || '';
  byId('no-products').hidden = products.length > 0;
  byId('product-list').replaceChildren(...products.map(product));
  byId('products').hidden = false;
  byId('products').scrollIntoView({ block: 'nearest' });
}

async function disconnect() {
  const dialog = byId('sure');
  dialog.returnValue = 'no';
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener('close', done, { once: true }));
  if (dialog.returnValue !== 'yes') {
    return;
  }
  const answer = await call('DELETE', '/shop/disconnect');
  notice('good', sentence(answer.message));
  await reload();
}

function onClick(id, action) {
  const button = byId(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    byId('notices').replaceChildren();
    try {
      await action();
    } catch (e) {
      notice('bad', sentence(e.message));
    } finally {
      button.disabled = false;
    }
  });
}

if (byId('loading')) {
  onClick('connect', connect);
  onClick('reconnect', connect);
  onClick('refresh', refresh);
  onClick('load-products', showProducts);
  onClick('disconnect', disconnect);
  onClick('retry', reload);
  reload();
}
