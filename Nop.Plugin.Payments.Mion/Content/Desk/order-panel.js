// The buttons of the payments' panel, on an order's page and on a payment's own. On the first it lies inside the order's form, so nothing here submits it.
(function () {
  'use strict';
  var panel = document.getElementById('mion-panel');
  if (!panel) {
    return;
  }

  function send(url, values) {
    var token = document.querySelector('input[name="__RequestVerificationToken"]');
    var body = new URLSearchParams(values);
    if (token) {
      body.append('__RequestVerificationToken', token.value);
    }
    setBusy(true);
    return fetch(url, { method: 'POST', body: body, credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      .then(function (response) {
        var isPanel = response.ok && !response.redirected && (response.headers.get('content-type') || '').indexOf('text/html') === 0;
        if (!isPanel) {
          throw new Error('no panel');
        }
        return response.text();
      })
      .then(function (html) {
        panel.innerHTML = html;
        setBusy(false);
        focusMessage();
      })
      .catch(function () {
        setBusy(false);
        var message = document.createElement('div');
        message.id = 'mion-panel-message';
        message.className = 'alert alert-danger';
        message.textContent = panel.getAttribute('data-failed');
        panel.querySelector('[role="status"]').replaceChildren(message);
        focusMessage();
      });
  }

  // the button that was pressed is gone, and with it the place of whoever uses the keyboard
  function focusMessage() {
    var message = document.getElementById('mion-panel-message');
    if (message) {
      message.setAttribute('tabindex', '-1');
      message.focus();
    }
  }

  function setBusy(busy) {
    panel.setAttribute('aria-busy', busy ? 'true' : 'false');
    panel.querySelectorAll('button').forEach(function (button) {
      button.disabled = busy;
    });
  }

  function copy(button) {
    var done = function () {
      button.parentElement.querySelector('.mion-copied').textContent = panel.getAttribute('data-copied');
    };
    // the clipboard is there on https only, and a browser may refuse it
    if (navigator.clipboard) {
      navigator.clipboard.writeText(button.getAttribute('data-mion-copy')).then(done, function () { copySelected(button, done); });
    } else {
      copySelected(button, done);
    }
  }

  // where that does not copy either, the id is at least selected
  function copySelected(button, done) {
    var range = document.createRange();
    range.selectNodeContents(button.parentElement.querySelector('.mion-id'));
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand('copy')) {
      done();
    }
  }

  panel.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) {
      return;
    }
    if (button.hasAttribute('data-mion-link') && !button.getAttribute('data-mion-copy')) {
      // no link yet: the panel that comes back has it
      send(panel.getAttribute('data-link-url'), { id: button.getAttribute('data-mion-link') }).then(function () {
        var made = panel.querySelector('[data-mion-link]');
        if (made && made.getAttribute('data-mion-copy')) {
          made.focus();
          copy(made);
        }
      });
    } else if (button.hasAttribute('data-mion-mail')) {
      send(panel.getAttribute('data-mail-url'), { id: button.getAttribute('data-mion-mail') });
    } else if (button.hasAttribute('data-mion-offer')) {
      send(panel.getAttribute('data-offer-url'), { id: button.getAttribute('data-mion-offer') });
    } else if (button.hasAttribute('data-mion-check')) {
      send(panel.getAttribute('data-check-url'), { id: button.getAttribute('data-mion-check') });
    } else if (button.hasAttribute('data-mion-handle')) {
      var id = button.getAttribute('data-mion-handle');
      send(panel.getAttribute('data-handle-url'), { id: id, comment: document.getElementById('mion-comment-' + id).value });
    } else if (button.hasAttribute('data-mion-copy')) {
      copy(button);
    }
  });

  panel.addEventListener('keydown', function (event) {
    // Enter in the comment would submit the whole order
    if (event.key === 'Enter' && event.target.id.indexOf('mion-comment-') === 0) {
      event.preventDefault();
      event.target.parentElement.querySelector('button').click();
    }
  });
})();
