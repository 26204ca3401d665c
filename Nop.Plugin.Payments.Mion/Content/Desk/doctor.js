// Examines all payments, one step after another. Where it stands, and what was found, is kept by the store: the page can
// be left, and gone on with anywhere.
(function () {
  'use strict';
  var root = document.getElementById('mion-doctor');
  if (!root) {
    return;
  }
  // Mion asks for a pause where it is asked too much, and is back soon after most failures
  var PAUSE = 10000;
  var MAX_PAUSES = 6;
  // as many as the page shows when it is loaded again
  var MAX_ROWS = 200;
  var table = document.getElementById('mion-doctor-findings');
  var message = document.getElementById('mion-doctor-message');
  var progress = document.getElementById('mion-doctor-progress');
  var buttons = {};
  root.querySelectorAll('[data-doctor]').forEach(function (button) {
    buttons[button.getAttribute('data-doctor')] = button;
  });
  var running = false;
  // of two loops, after pause and go on, only the younger one takes the next step
  var run = 0;
  var pauses = 0;
  var found = 0;

  function post(url, values) {
    var body = new URLSearchParams(values);
    body.append('__RequestVerificationToken', root.querySelector('input[name="__RequestVerificationToken"]').value);
    return fetch(url, { method: 'POST', body: body, credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      .then(function (response) {
        if (!response.ok || response.redirected) {
          throw new Error('no answer');
        }
        return response.json();
      })
      .then(function (answer) {
        // nopCommerce's word for a permission that has been taken away
        if (answer.error || !Array.isArray(answer.Findings)) {
          throw new Error('refused');
        }
        return answer;
      });
  }

  function show(text, canResume) {
    // said once, not at every step
    if (message.textContent !== text) {
      message.textContent = text;
    }
    buttons.pause.disabled = !running;
    buttons.start.disabled = running;
    buttons.resume.hidden = running || !canResume;
    table.hidden = table.tBodies[0].rows.length === 0;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text || '';
    return made;
  }

  function act(row, id, url, values) {
    var controls = row.querySelectorAll('button, input');
    controls.forEach(function (control) { control.disabled = true; });
    post(url, values)
      .then(function (answer) {
        var news = row.querySelector('[role="status"]');
        if (answer.IsSettled) {
          news.parentElement.replaceChildren(news);
        } else {
          answer.Findings.forEach(function (finding) { fill(row, finding); });
          news = row.querySelector('[role="status"]');
          row.querySelectorAll('button, input').forEach(function (control) { control.disabled = false; });
        }
        news.textContent = answer.Message;
        news.focus();
      })
      .catch(function () {
        controls.forEach(function (control) { control.disabled = false; });
        row.querySelector('[role="status"]').textContent = root.dataset.textFailed;
      });
  }

  function addHandling(row, cell, finding) {
    var id = 'mion-doctor-comment-' + finding.Id;
    var label = element('label', 'mb-1', root.dataset.textComment);
    label.htmlFor = id;
    var group = element('div', 'input-group mb-2');
    var comment = element('input', 'form-control');
    comment.type = 'text';
    comment.maxLength = 400;
    comment.id = id;
    var append = element('div', 'input-group-append');
    var handle = element('button', 'btn btn-primary', root.dataset.textHandle);
    handle.type = 'button';
    handle.setAttribute('data-handle', finding.Id);
    handle.addEventListener('click', function () {
      act(row, finding.Id, root.dataset.handleUrl, { id: finding.Id, comment: comment.value });
    });
    comment.addEventListener('keydown', function (event) {
      if (event.key === 'Enter') {
        event.preventDefault();
        handle.click();
      }
    });
    append.appendChild(handle);
    group.append(comment, append);
    cell.append(label, group);
  }

  function fill(row, finding) {
    row.setAttribute('data-finding', finding.Id);
    row.replaceChildren();
    [finding.Order, finding.Amount, finding.Finding].forEach(function (text) {
      row.insertCell().textContent = text;
    });
    // below the text: a column of its own would lie outside a phone
    var cell = element('div', 'mt-2');
    row.cells[2].appendChild(cell);
    if (finding.CanApply) {
      var apply = element('button', 'btn btn-primary mb-2 mr-2', root.dataset.textApply);
      apply.type = 'button';
      apply.setAttribute('data-apply', finding.Id);
      apply.addEventListener('click', function () {
        act(row, finding.Id, root.dataset.applyUrl, { id: finding.Id });
      });
      cell.appendChild(apply);
    }
    if (finding.CanHandle) {
      addHandling(row, cell, finding);
    }
    if (finding.OrderId) {
      var open = element('a', 'btn btn-default mb-2', root.dataset.textOpen);
      open.href = root.dataset.orderUrl.replace(/0$/, finding.OrderId);
      cell.appendChild(open);
    }
    var news = element('p', 'mb-0');
    news.setAttribute('role', 'status');
    news.tabIndex = -1;
    cell.appendChild(news);
  }

  // a row in which somebody is writing stays as it is
  function put(finding) {
    var row = table.querySelector('tr[data-finding="' + finding.Id + '"]');
    if (row && row.contains(document.activeElement)) {
      return;
    }
    if (!row && table.tBodies[0].rows.length >= MAX_ROWS) {
      return;
    }
    fill(row || table.tBodies[0].insertRow(), finding);
  }

  function step(mine, restart) {
    if (!running || mine !== run) {
      return;
    }
    post(root.dataset.examineUrl, { restart: restart ? 'true' : 'false' })
      .then(function (answer) {
        progress.max = Math.max(answer.Total, 1);
        progress.value = answer.Examined;
        document.getElementById('mion-doctor-count').textContent = answer.Examined;
        document.getElementById('mion-doctor-total').textContent = answer.Total;
        found += answer.Findings.length;
        answer.Findings.forEach(put);
        if (answer.Outage) {
          pauses += 1;
          running = running && pauses <= MAX_PAUSES;
          show(answer.Outage, true);
          window.setTimeout(function () { step(mine, false); }, PAUSE);
          return;
        }
        pauses = 0;
        if (mine !== run) {
          return;
        }
        if (answer.IsDone) {
          running = false;
          show(found > 0 || table.tBodies[0].rows.length > 0 ? root.dataset.textFound : root.dataset.textClean, false);
          return;
        }
        show(running ? root.dataset.textRunning : root.dataset.textPaused, true);
        step(mine, false);
      })
      .catch(function () {
        running = false;
        show(root.dataset.textFailed, true);
      });
  }

  function begin(restart) {
    running = true;
    run += 1;
    pauses = 0;
    if (restart) {
      found = 0;
      table.tBodies[0].replaceChildren();
    }
    show(root.dataset.textRunning, false);
    step(run, restart);
  }

  buttons.start.addEventListener('click', function () { begin(true); });
  buttons.resume.addEventListener('click', function () { begin(false); });
  buttons.pause.addEventListener('click', function () {
    running = false;
    show(root.dataset.textPaused, true);
  });

  JSON.parse(table.dataset.rows).forEach(put);
  table.hidden = table.tBodies[0].rows.length === 0;
})();
