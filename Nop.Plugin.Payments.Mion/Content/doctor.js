// Examines all payments, one batch after another. Where it stands is kept in the browser, so that the page can be left.
(function () {
  'use strict';
  var root = document.getElementById('mion-doctor');
  if (!root) {
    return;
  }
  var key = 'mion-doctor';
  var table = document.getElementById('mion-doctor-findings');
  var buttons = {};
  root.querySelectorAll('[data-doctor]').forEach(function (button) {
    buttons[button.getAttribute('data-doctor')] = button;
  });
  var state = load() || fresh();
  var running = false;

  function fresh() {
    return { below: 0, examined: 0, done: false, findings: [] };
  }

  function load() {
    try {
      return JSON.parse(window.sessionStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function save() {
    try {
      window.sessionStorage.setItem(key, JSON.stringify(state));
    } catch (error) {
      // it only cannot be left and come back to then
    }
  }

  function post(url, values) {
    var body = new URLSearchParams(values);
    body.append('__RequestVerificationToken', root.querySelector('input[name="__RequestVerificationToken"]').value);
    return fetch(url, { method: 'POST', body: body, credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      .then(function (response) {
        if (!response.ok || response.redirected) {
          throw new Error('no answer');
        }
        return response.json();
      });
  }

  function show(message) {
    document.getElementById('mion-doctor-progress').value = state.done ? Number(root.dataset.total) || 1 : state.examined;
    document.getElementById('mion-doctor-count').textContent = state.examined;
    document.getElementById('mion-doctor-message').textContent = message || (state.done && state.findings.length === 0 ? root.dataset.textClean : '');
    buttons.pause.disabled = !running;
    buttons.start.disabled = running;
    buttons.resume.hidden = running || state.done || state.examined === 0;
    table.hidden = state.findings.length === 0;
  }

  function cell(row, text) {
    var element = row.insertCell();
    element.textContent = text;
    return element;
  }

  function add(finding) {
    var row = table.tBodies[0].insertRow();
    cell(row, finding.order);
    cell(row, finding.amount);
    cell(row, finding.finding);
    var actions = cell(row, '');
    if (finding.canApply) {
      var apply = document.createElement('button');
      apply.type = 'button';
      apply.className = 'btn btn-primary btn-sm mr-2';
      apply.textContent = root.dataset.textApply;
      apply.addEventListener('click', function () {
        apply.disabled = true;
        post(root.dataset.applyUrl, { id: finding.id })
          .then(function (answer) { row.cells[2].textContent = answer.message || root.dataset.textFailed; })
          .catch(function () { row.cells[2].textContent = root.dataset.textFailed; apply.disabled = false; });
      });
      actions.appendChild(apply);
    }
    if (finding.hasOrder) {
      var open = document.createElement('a');
      open.className = 'btn btn-default btn-sm';
      open.textContent = root.dataset.textOpen;
      open.href = root.dataset.orderUrl.replace(/0$/, finding.orderId);
      actions.appendChild(open);
    }
  }

  function step() {
    if (!running) {
      return;
    }
    post(root.dataset.examineUrl, { below: state.below })
      .then(function (batch) {
        state.examined += batch.examined;
        state.below = batch.next;
        state.done = batch.next === 0;
        batch.findings.forEach(function (finding) {
          state.findings.push(finding);
          add(finding);
        });
        running = running && !state.done;
        save();
        show();
        step();
      })
      .catch(function () {
        running = false;
        show(root.dataset.textFailed);
      });
  }

  buttons.start.addEventListener('click', function () {
    state = fresh();
    table.tBodies[0].replaceChildren();
    running = true;
    show();
    step();
  });
  buttons.resume.addEventListener('click', function () {
    running = true;
    show();
    step();
  });
  buttons.pause.addEventListener('click', function () {
    running = false;
    show();
  });

  state.findings.forEach(add);
  show();
})();
