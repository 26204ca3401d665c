// The buttons of the payments' panel on an order's page. The panel lies inside the order's form, so nothing here submits it.
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
        var message = document.getElementById('mion-panel-message');
        if (message) {
          message.setAttribute('tabindex', '-1');
          message.focus();
        }
      })
      .catch(function () {
        setBusy(false);
        window.alert(panel.getAttribute('data-failed'));
      });
  }

  function setBusy(busy) {
    panel.setAttribute('aria-busy', busy ? 'true' : 'false');
    panel.querySelectorAll('button').forEach(function (button) {
      button.disabled = busy;
    });
  }

  function copy(button) {
    var text = button.getAttribute('data-mion-copy');
    // the clipboard is there on https only
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text);
      return;
    }
    var id = button.parentElement.querySelector('.mion-id');
    var range = document.createRange();
    range.selectNodeContents(id);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    document.execCommand('copy');
  }

  panel.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) {
      return;
    }
    if (button.hasAttribute('data-mion-check')) {
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
