-- Drives Neovim through what a user sees and does; says what was seen.
local client = vim.lsp.start_client({
  name = "corolint",
  cmd = { vim.env.COROLINT_CLANGD, "--background-index=false" },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)

local function say(text)
  io.stdout:write(text .. "\n")
end

local function findings()
  return vim.tbl_map(function(diagnostic)
    return {
      place = ("%d:%d"):format(diagnostic.lnum + 1, diagnostic.col + 1),
      message = diagnostic.message:match("[^\n]*"),
      lsp = diagnostic.user_data.lsp,
    }
  end, vim.diagnostic.get(0))
end

-- Until there are `count` findings, or a minute has gone.
local function await(count)
  vim.wait(60000, function()
    return #vim.diagnostic.get(0) == count
  end, 20)
  local found = findings()
  if #found ~= count then
    say(("expected %d findings, not %d"):format(count, #found))
    say(vim.inspect(found))
    vim.cmd("cquit")
  end
  return found
end

local found = await(1)[1]
say(("%s [%s] %s"):format(found.place, found.lsp.code, found.message))
for _, note in ipairs(found.lsp.relatedInformation) do
  say("note: " .. note.message)
end
say("page: " .. found.lsp.codeDescription.href:match("[^/]*$"))

-- The quick fix, as vim.lsp.buf.code_action() applies it.
vim.api.nvim_win_set_cursor(0, { 7, 3 })
local parameters = vim.lsp.util.make_range_params()
parameters.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", parameters, 60000)
for _, answer in pairs(answers) do
  for _, action in ipairs(answer.result) do
    if action.kind == "quickfix" and action.edit then
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
    end
  end
end
say(("fixed: %d findings"):format(#await(0)))
vim.cmd("silent write")

-- Typing a co_await into the region, and deleting it.
vim.api.nvim_buf_set_lines(0, 8, 8, false, { "    co_await app::async_pause(3);" })
found = await(1)[1]
say(("typed: %s [%s] %s"):format(found.place, found.lsp.code, found.message))
vim.api.nvim_buf_set_lines(0, 8, 9, false, {})
say(("deleted: %d findings"):format(#await(0)))
vim.cmd("qall!")
